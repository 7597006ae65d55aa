import { theEnd } from './endings';
import type { Page } from './page';
import { phoneInHand } from './phone-in-hand';
import type { Customer, Product } from './product';
import { hour, putOff, second, timeOfDay } from './timing';

const chenJie: Customer = {
  name: '陈洁',
  language: 'zh-CN',
  store: 'hz-01',
  product: { category: '电饭煲', model: 'RC-5' },
  fault: '不加热',
  phone: 'one-way',
};

/** Nobody collects it: told three times, then headquarters, then it goes home by parcel (S-27, S-28). */
export async function sentHome(product: Product, page: Page): Promise<void> {
  const repair = await product.open(chenJie);
  const phone = phoneInHand(repair, page);
  const opened = await repair.until(({ terms }) => terms !== null);
  page.begin('陈洁 and her rice cooker', repair.caseNumber, opened.timeZone);
  page.tell(opened.now, 'Her rice cooker does not heat. She wants to bring it to the store.', true);
  await putOff(repair, page, timeOfDay(opened, '10:00', 1), 'She will come tomorrow: the desk puts its task off.');

  const received = await repair.act('receive-product', {
    by: 'clerk-1',
    condition: 'Clean, with its cord.',
    proofSeen: true,
    route: 'store',
  });
  page.tell(
    received.now,
    `The store takes it in. Her receipt has the pick-up code ${received.pickupCode}.`,
    received.status === 'in-workshop',
  );
  const due = await repair.owed('repair-due');
  page.tell(
    received.now,
    `It is to be repaired by ${page.dayAndTime(due?.dueAt ?? received.now)}, because: ${due?.because.join('; ')}.`,
    due !== undefined,
  );
  const { now: readyAt } = await repair.forwardTo(timeOfDay(opened, '16:30', 1));
  await repair.act('report-repair-finished', {
    by: 'workshop-1',
    result: 'repaired',
    testResult: 'passed',
    testedBy: 'workshop-1',
  });
  await phone.lightsUp('It is repaired and tested. Her number takes no replies, so the text names none:', {
    due: readyAt,
  });
  await isReminded('reminded');
  await isReminded('told that it will be sent home');

  const call = await repair.nextTask('pickup-call');
  const { now: calledAt } = await repair.forwardTo(Date.parse(call?.notBefore ?? '') + hour);
  await repair.act('record-call', { by: 'clerk-1', taskId: call?.taskId, outcome: 'no-answer' });
  page.tell(calledAt, 'On the next day of the store a clerk calls. Nobody answers.', call?.role === 'clerk');
  await goesHome();
  await answersOnPage();
  await theEnd(product, repair, page, 'The case is closed: satisfied.');

  async function isReminded(told: string): Promise<void> {
    const next = await repair.owed('pickup-notice', (await repair.look()).now);
    const due = next?.dueAt ?? '';
    await repair.forwardTo(Date.parse(due) + 2 * second);
    await phone.lightsUp(`She is ${told}, because: ${next?.because.join('; ')}.`, { due });
  }

  async function goesHome(): Promise<void> {
    const early = await repair.refusal('record-parcel-sent', { by: 'clerk-1', carrier: 'SF', tracking: 'SF1' });
    const { now } = await repair.look();
    page.tell(
      now,
      'A parcel now would be refused: headquarters has to know first.',
      early.includes('parcel-too-early'),
    );
    const owed = await repair.owed('headquarters-informed');
    const informed = await repair.forwardTo(Date.parse(owed?.dueAt ?? '') + 2 * second);
    const parcel = await repair.nextTask('send-parcel');
    const headquarters = await repair.nextTask('not-collected');
    page.tell(
      informed.now,
      `Three days later headquarters is told, and the store has a task: send it home by ${page.dayAndTime(parcel?.dueAt ?? informed.now)}.`,
      headquarters?.role === 'headquarters' && parcel?.role === 'clerk',
    );
    await repair.taskDone(headquarters?.id ?? '', 'complete', {
      by: 'headquarters-1',
      result: headquarters?.results?.[0],
    });
    await repair.forwardTo(timeOfDay(informed, '19:00'));
    await repair.act('record-parcel-sent', { by: 'clerk-1', carrier: '顺丰速运', tracking: 'SF1234567890123' });
    const sent = await phone.lightsUp('It leaves the store, and she is told carrier and number:', {
      says: 'SF1234567890123',
    });
    const { now: arrivedAt } = await repair.forwardTo(timeOfDay({ now: sent }, '15:00', 1));
    await repair.act('record-parcel-delivered', { by: 'clerk-1' });
    await phone.isSilent(arrivedAt, 'It arrives: nobody asks any more whether it did.');
  }

  async function answersOnPage(): Promise<void> {
    const owed = await repair.owed('satisfaction');
    await repair.forwardTo(Date.parse(owed?.dueAt ?? '') + 2 * second);
    const asked = await phone.lightsUp('Next morning she is asked, with our phone number and her code:', {
      due: owed?.dueAt,
      says: repair.shortCode,
    });
    const receipt = await repair.answerOnPage('yes');
    page.tell(
      asked,
      `On ${product.trackPage} she enters case number and code, and presses 满意.`,
      receipt.includes('满意'),
    );
  }
}
