import { theEnd } from './endings';
import type { Page } from './page';
import { phoneInHand } from './phone-in-hand';
import type { Customer, Product } from './product';
import { hour, minute, putOff, second, timeOfDay } from './timing';
import { firstFreeSlot, isVisited } from './visited';

const annaBerg: Customer = {
  name: 'Anna Berg',
  language: 'en',
  store: 'sh-01',
  product: { category: 'washing machine', model: 'WM-8' },
  fault: 'It does not drain.',
  phone: 'two-way',
};

/** Guided, asked two hours later, no; an engineer comes, is not certain, and she is asked again after three hours (H-05, H-17, H-75). */
export async function guidedAndVisited(product: Product, page: Page): Promise<void> {
  const repair = await product.open(annaBerg);
  const phone = phoneInHand(repair, page);
  const opened = await repair.until(({ terms }) => terms !== null);
  page.begin('Anna Berg and her washing machine', repair.caseNumber, opened.timeZone);
  const waits = opened.status === 'choosing' && opened.waitingFor === 'desk';
  page.tell(opened.now, 'Her washing machine does not drain. The case is opened and waits for the desk.', waits);
  await putOff(repair, page, timeOfDay(opened, '09:05', 1), 'The desk will call her tomorrow at 09:05.');

  await isGuided();
  const taskId = await saysNo();
  await isVisited(repair, phone, page, { taskId, slot: await firstFreeSlot(product, await repair.look()) });
  await isAskedAgain();
  await theEnd(product, repair, page, 'The case is closed: satisfied. Who says so is not asked twice.');

  /** From the guidance to the question on the phone. */
  async function isGuided(): Promise<void> {
    const { now: endedAt } = await repair.look();
    const what = 'Cleaned the drain filter together.';
    const guided = await repair.act('record-guidance', { by: 'desk-1', endedAt, what });
    const isGuided = guided.status === 'guided' && guided.waitingFor === 'clock';
    page.tell(endedAt, 'The desk guides her by phone: clean the drain filter.', isGuided);
    const check = await repair.owed('guidance-check');
    const due = check?.dueAt ?? '';
    page.tell(
      endedAt,
      `We promise to ask her at ${page.time(due)}, because: ${check?.because.join('; ')}.`,
      Date.parse(due) === Date.parse(endedAt) + 2 * hour,
    );
    const { now: before } = await repair.forwardTo(Date.parse(due) - second);
    await phone.isSilent(before, 'A second before that, her phone is silent.');
    await repair.forwardTo(Date.parse(due) + 2 * second);
    const asked = await phone.lightsUp('Two hours after the guidance her phone lights up:', { due });
    const call = await repair.owed('guidance-call');
    page.tell(
      asked,
      `The check is kept, and a call by ${page.time(call?.dueAt ?? asked)} is promised, because: ${call?.because.join('; ')}.`,
      call?.outcome === null && (await repair.promise('guidance-check'))?.outcome === 'kept',
    );
    await repair.forwardTo(Date.parse(asked) + 7 * minute);
  }

  /** Answers the task in which the next step is agreed with her. */
  async function saysNo(): Promise<string> {
    await repair.reply('2');
    const choosing = await repair.until(({ promises }) => promises.some(({ kind }) => kind === 'agree-next-step'));
    const task = await repair.nextTask('agree-next-step');
    const owed = await repair.owed('agree-next-step');
    page.tell(
      choosing.now,
      `She answers “2”: it does not. The desk has a task: call her and agree the next step by ${page.time(task?.dueAt ?? choosing.now)}.`,
      choosing.status === 'choosing' && task?.role === 'desk' && task.dueAt === owed?.dueAt,
    );
    await repair.taskDone(task?.id ?? '', 'claim', { by: 'desk-2' });
    const [claimed] = await repair.tasks();
    page.tell(choosing.now, 'desk-2 takes it, so that nobody else rings her.', claimed?.holder === 'desk-2');
    await repair.forwardTo(Date.parse(choosing.now) + 6 * minute);
    return task?.id ?? '';
  }

  async function isAskedAgain(): Promise<void> {
    const check = await repair.owed('revisit-check');
    await repair.forwardTo(Date.parse(check?.dueAt ?? '') + 2 * second);
    const asked = await phone.lightsUp('Three hours after he left she is asked:', { due: check?.dueAt });
    const { now } = await repair.forwardTo(Date.parse(asked) + 12 * minute);
    const yes = await phone.digit('yes');
    await repair.reply(yes);
    await phone.isSilent(now, `She answers “${yes}”: it runs well. Nobody has to phone her.`);
  }
}
