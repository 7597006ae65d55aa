import { theEnd } from './endings';
import type { Page } from './page';
import { phoneInHand } from './phone-in-hand';
import type { Customer, Product } from './product';
import { day, daysToTuesday, hour, putOff, second, timeOfDay } from './timing';

const wangFang: Customer = {
  name: '王芳',
  language: 'zh-CN',
  store: 'hz-01',
  product: { category: '吸尘器', model: 'VC-3' },
  fault: '吸力弱',
  phone: 'two-way',
};

/** Told that it is ready, she names Friday by text: nobody reminds her before, and she collects (TR-6, S-27). */
export async function namesFriday(product: Product, page: Page): Promise<void> {
  const repair = await product.open(wangFang);
  const phone = phoneInHand(repair, page);
  const opened = await repair.until(({ terms }) => terms !== null);
  page.begin('王芳 names Friday', repair.caseNumber, opened.timeZone);
  page.tell(opened.now, 'Her vacuum cleaner sucks weakly. She wants to bring it to the store.', true);
  const tuesday = daysToTuesday(opened);
  await putOff(
    repair,
    page,
    timeOfDay(opened, '10:00', tuesday),
    'She will come on Tuesday: the desk puts its task off.',
  );

  const { pickupCode, now: receivedAt } = await repair.act('receive-product', {
    by: 'clerk-1',
    condition: 'The hose is worn.',
    proofSeen: true,
    route: 'store',
  });
  page.tell(receivedAt, `The store takes it in. Her receipt has the pick-up code ${pickupCode}.`, pickupCode !== null);
  const { now: readyAt } = await repair.forwardTo(timeOfDay(opened, '16:30', tuesday));
  await repair.act('report-repair-finished', {
    by: 'workshop-1',
    result: 'repaired',
    testResult: 'passed',
    testedBy: 'workshop-1',
  });
  const told = await phone.lightsUp('It is repaired and tested, and she is told at once:', { due: readyAt });

  await repair.reply('周五');
  const friday = timeOfDay(opened, '00:00', tuesday + 3);
  const date = new Date(friday + 8 * hour);
  const says = `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
  await phone.lightsUp('She answers “周五”: Friday. We answer with the full date, so that both mean the same day:', {
    says,
  });
  const next = await repair.owed('pickup-notice');
  page.tell(
    told,
    `The reminder is put off to ${page.dayAndTime(next?.dueAt ?? told)}, because: ${next?.because.join('; ')}.`,
    next?.outcome === null && next.dueAt > new Date(friday + day).toISOString(),
  );
  const { now: usual } = await repair.forwardTo(Date.parse(told) + 3 * day - second);
  await phone.isSilent(
    usual,
    'It is Friday. Without her answer she would be reminded in a second: her phone is silent.',
  );

  const { now: comes } = await repair.forwardTo(timeOfDay(opened, '18:00', tuesday + 3));
  const wrong = pickupCode === '000000' ? '000001' : '000000';
  const refused = await repair.refusal('record-collection', { by: 'clerk-1', code: wrong });
  page.tell(comes, 'She comes. A wrong code is refused.', refused.includes('code'));
  const collected = await repair.act('record-collection', { by: 'clerk-1', code: pickupCode });
  await phone.isSilent(
    collected.now,
    'With her own she gets it. From here on nobody reminds her.',
    (await repair.promise('pickup-notice'))?.outcome === 'cancelled',
  );
  await asksWhetherSatisfied();
  await theEnd(product, repair, page, 'The case is closed: satisfied.');

  async function asksWhetherSatisfied(): Promise<void> {
    const owed = await repair.owed('satisfaction');
    await repair.forwardTo(Date.parse(owed?.dueAt ?? '') + 2 * second);
    const asked = await phone.lightsUp('Next morning she is asked whether she is satisfied:', { due: owed?.dueAt });
    await repair.reply('满意');
    page.tell(asked, 'She answers “满意”.', true);
  }
}
