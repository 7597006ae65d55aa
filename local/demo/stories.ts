import { guidedAndAsked, minute, timeOfDay } from './guided-and-asked';
import type { Page } from './page';
import type { CaseSeen, Customer, OpenCase, Product } from './product';

const wangFang: Customer = {
  name: '王芳',
  language: 'zh-CN',
  store: 'hz-01',
  product: { category: '空调', model: 'KFR-35' },
  fault: '不制冷',
  phone: 'two-way',
};

const annaBerg: Customer = {
  name: 'Anna Berg',
  language: 'en',
  store: 'sh-01',
  product: { category: 'washing machine', model: 'WM-8' },
  fault: 'It does not drain.',
  phone: 'two-way',
};

const chenJie: Customer = {
  name: '陈洁',
  language: 'zh-CN',
  store: 'hz-01',
  product: { category: '冰箱', model: 'BCD-500' },
  fault: '噪音大',
  phone: 'one-way',
};

/** Guided, asked two hours later, answers yes: nobody phones her (H-04, H-05). */
export async function itWorks(product: Product, page: Page): Promise<void> {
  const repair = await product.open(wangFang);
  const asked = await guidedAndAsked(repair, page, {
    who: '王芳 and her air conditioner',
    opened: 'Her air conditioner does not cool. The case is opened and waits for the desk.',
    guided: 'The desk guides her by phone: clean the filter, start again.',
  });
  const { now } = await repair.forwardTo(Date.parse(asked) + 12 * minute);
  await repair.reply('1');
  page.tell(now, 'She answers “1”: it works.', (await repair.texts()).length === 1);
  const closed = await repair.until(({ ending }) => ending !== null);
  const nothingLeft = (await repair.tasks()).length === 0 && closed.promises.length === 0;
  page.tell(closed.now, 'The case is closed: satisfied. Nobody has to phone her.', isSatisfied(closed) && nothingLeft);
  await theEnd(product, repair, page);
}

/** Her number takes no answers, as most in China: she answers on our page, and nobody phones her. */
export async function itWorksOneWay(product: Product, page: Page): Promise<void> {
  const repair = await product.open(chenJie);
  const asked = await guidedAndAsked(repair, page, {
    who: '陈洁 and her refrigerator',
    opened: 'Her refrigerator is loud. The case is opened and waits for the desk.',
    guided: 'The desk guides her by phone: level the feet, away from the wall.',
  });
  const [text] = await repair.texts();
  page.tell(
    asked,
    `Her number takes no replies: instead of digits the text names our phone number and her code ${repair.shortCode}.`,
    text?.text.includes(repair.shortCode) ?? false,
  );
  const { now } = await repair.forwardTo(Date.parse(asked) + 5 * minute);
  const receipt = await repair.answerOnPage('yes');
  page.tell(
    now,
    `On ${product.trackPage} she enters case number and code, and presses 能用.`,
    receipt.includes('能用'),
  );
  const closed = await repair.until(({ ending }) => ending !== null);
  page.tell(closed.now, 'The case is closed: satisfied. Nobody has to phone her.', isSatisfied(closed));
  await theEnd(product, repair, page);
}

/** Guided, asked two hours later, answers no: she is called, and the next step is agreed (H-05, H-17). */
export async function itDoesNotWork(product: Product, page: Page): Promise<void> {
  const repair = await product.open(annaBerg);
  const asked = await guidedAndAsked(repair, page, {
    who: 'Anna Berg and her washing machine',
    opened: 'Her washing machine does not drain. The case is opened and waits for the desk.',
    guided: 'The desk guides her by phone: clean the drain filter.',
  });
  await repair.forwardTo(Date.parse(asked) + 7 * minute);
  await repair.reply('2');
  const choosing = await repair.until(({ promises }) => promises.some(({ kind }) => kind === 'agree-next-step'));
  const task = await repair.nextTask('agree-next-step');
  const owed = await repair.promise('agree-next-step');
  const isCall = task?.role === 'desk' && task.dueAt === owed?.dueAt;
  page.tell(
    choosing.now,
    `She answers “2”: it does not. The desk has a task: call her and agree the next step by ${page.time(task?.dueAt ?? choosing.now)}.`,
    isCall && choosing.status === 'choosing' && choosing.waitingFor === 'desk',
  );

  const taskId = task?.id ?? '';
  await repair.taskDone(taskId, 'claim', { by: 'desk-2' });
  const [claimed] = await repair.tasks();
  page.tell(choosing.now, 'desk-2 takes it, so that nobody else rings her.', claimed?.holder === 'desk-2');
  await repair.forwardTo(Date.parse(choosing.now) + 6 * minute);
  const agreed = await repair.act('choose-service-way', { by: 'desk-2', faultClass: 'hardware', way: 'visit' });
  const kept = (await repair.promises()).every(({ outcome }) => outcome === 'kept');
  page.tell(agreed.now, 'On the phone they agree on a visit. Both calls that she was promised are made.', kept);

  await carriedOutByHand(repair, page, agreed, taskId);
  await theEnd(product, repair, page);
}

/** The visit itself is arranged outside the case; the task stays until somebody says how it went. */
async function carriedOutByHand(repair: OpenCase, page: Page, agreed: CaseSeen, done: string): Promise<void> {
  const left = await repair.nextTask('agree-next-step', done);
  page.tell(
    agreed.now,
    'The visit is arranged by hand: its task stays on the desk until she is satisfied.',
    left?.role === 'desk' && left.results?.join() === 'customer-satisfied',
  );
  await repair.forwardTo(timeOfDay(agreed, '11:00', 1));
  await repair.taskDone(left?.id ?? '', 'complete', {
    by: 'desk-2',
    result: 'customer-satisfied',
    what: 'She said so on the phone.',
  });
  const closed = await repair.look();
  page.tell(
    closed.now,
    'The visit helped, she tells the desk. She is satisfied, and the case is closed.',
    isSatisfied(closed),
  );
}

async function theEnd({ phonePage }: Product, repair: OpenCase, page: Page): Promise<void> {
  page.promises(await repair.promises());
  const { links } = await repair.look();
  page.links([
    ['Case in the API', repair.url],
    ['In Temporal', links.temporalUi],
    ['Phone', `${phonePage}  (${repair.number})`],
  ]);
}

const isSatisfied = ({ status, ending }: CaseSeen) => status === 'closed' && ending === 'satisfied';
