import { aBrowser } from '../api/pages/a-customer';
import { openCompany, type Company } from '../support/company';
import {
  askNow,
  asked,
  dueNow,
  inText,
  noted,
  receiptComes,
  stateOfText,
  textsOfOurs,
  whyNotTold,
  writes,
} from '../support/conversation';
import { aMobile, aRepair, eventually, minute, type Repair, type Said } from '../support/repair';

const patience = { looks: [0.3], stuckAfterSeconds: 3 };

let company: Company;
beforeAll(async () => {
  company = await openCompany({ patience, carrierTimeoutMs: 1000 });
}, 60_000);
afterAll(() => company.close());
afterEach(async () => {
  await company.phone.people('DELETE', '/faults');
  await company.inbox.people('DELETE', '/faults');
});

let number = 0;
const anAddress = () => `customer-${(number += 1)}@example.com`;
/** A customer who may be told by text and by mail. */
const byBoth = (said: Said = {}) => aRepair(company, { email: anAddress(), ...said });

const textsFail = (repair: Repair, faults: object) =>
  company.phone.people('PUT', '/faults', { to: repair.phone, ...faults });
const mailsFail = async (repair: Repair, faults: object) => {
  const { body } = await company.ask('GET', `/v1/cases/${repair.caseNumber}`);
  await company.inbox.setFaults({ to: (body as { customer: { email: string } }).customer.email, ...faults });
};
const callOf = async (repair: Repair) => (await repair.task('guidance-call'))?.notBefore.getTime() ?? Infinity;
const isCalledNow = (repair: Repair) =>
  eventually(async () => (await callOf(repair)) <= Date.parse((await repair.look()).now));
const toldBy = async ({ caseNumber }: Repair) =>
  (
    await company.rows<{ channel: string }>(
      `SELECT facts->>'channel' AS channel FROM timeline WHERE case_number = $1 AND note = 'told' AND NOT superseded ORDER BY id`,
      caseNumber,
    )
  ).map(({ channel }) => channel);

/** The page that the latest mail leads to, after the customer has shown that it is he. */
async function pageOfMail(repair: Repair) {
  const text = (await repair.mails()).at(-1)?.text ?? '';
  const path = /https?:\/\/[^/\s]+(\/p\/[\w-]{43})/.exec(text)?.[1] ?? '';
  const browser = aBrowser(company.url);
  const { shortCode } = await repair.look();
  return { browser, page: await browser.enters(path, { digits: repair.phone.slice(-4) || shortCode }) };
}

describe('a question whose text is not delivered', () => {
  test('is asked by mail, with the times of the text; the call stays as planned, and the page of the mail takes the answer', async () => {
    const repair = await byBoth();
    await textsFail(repair, { undelivered: 1, callbacksLateSeconds: 1 });
    await dueNow(repair);
    await eventually(async () => (await toldBy(repair)).length === 2);
    expect(await toldBy(repair)).toEqual(['sms', 'email']);
    const [mail, ...more] = await repair.mails();
    expect(more).toEqual([]);
    expect(mail?.text).toContain(`${await inText(repair, 'guidance-call')}前致电您`);
    const [saidAt = 0] = await repair.sentAt();
    expect(await callOf(repair)).toBe(saidAt + 30 * minute);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);

    const { browser, page } = await pageOfMail(repair);
    expect(page.text.match(/value="yes"/g)).toHaveLength(1);
    await browser.presses(page, 'yes');
    await eventually(async () => (await repair.look()).ending === 'satisfied');
  });

  test('and whose mail is refused too: the customer is called at once', async () => {
    const repair = await byBoth();
    await textsFail(repair, { undelivered: 1 });
    await mailsFail(repair, { bounce: 1 });
    await dueNow(repair);
    await isCalledNow(repair);
    expect(await repair.mails()).toEqual([]);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
    await repair.called('works');
    expect((await repair.outcomes()).at(-1)).toBe('guidance-call kept');
  });

  test('as is known only after the time that it names: no mail says what is over', async () => {
    const repair = await byBoth();
    await textsFail(repair, { callbacksLost: 1 });
    await askNow(repair);
    await repair.forward({ minutes: 61 });
    expect(await receiptComes(company, repair, 'undelivered')).toBe(200);
    await eventually(async () => (await noted(repair, 'not-told')) === 1);
    await isCalledNow(repair);
    expect(await repair.mails()).toEqual([]);
  });

  test('but is answered before: nothing is said again', async () => {
    const repair = await byBoth();
    await textsFail(repair, { callbacksLost: 1 });
    await askNow(repair);
    await repair.replies('2');
    expect(await receiptComes(company, repair, 'undelivered')).toBe(200);
    await company.phone.quiet();
    await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
    expect(await repair.mails()).toEqual([]);
  });
});

describe('a customer', () => {
  test('who has only mail is asked by mail and answers on its page', async () => {
    const repair = await byBoth({ phone: null });
    await askNow(repair);
    expect(await toldBy(repair)).toEqual(['email']);
    const [saidAt = 0] = await repair.sentAt();
    expect(await callOf(repair)).toBe(saidAt + 30 * minute);
    const { browser, page } = await pageOfMail(repair);
    await browser.presses(page, 'no');
    await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  });

  test('who stops texts after a question gets what follows by mail, and texts again after START', async () => {
    const repair = await byBoth();
    await askNow(repair);
    for (const [word, channel] of [
      ['STOP', 'email'],
      ['START', 'sms'],
    ] as const) {
      await writes(company, repair.phone, word);
      await repair.does('record-contact', { about: 'does-not-work', what: '还是不冷' });
      await askNow(repair);
      expect((await toldBy(repair)).at(-1)).toBe(channel);
    }
    expect(await textsOfOurs(repair)).toHaveLength(2);
    expect(await repair.mails()).toHaveLength(1);
  });

  test('who withdraws his consent to texts gets mails from then on', async () => {
    const repair = await byBoth();
    await repair.does('change-contact', { consents: { sms: false, email: true } });
    await askNow(repair);
    expect(await toldBy(repair)).toEqual(['email']);
    expect(await textsOfOurs(repair)).toEqual([]);
  });

  test('who wants mails first gets them first, and sees so in his case', async () => {
    const repair = await byBoth({ channels: ['email', 'sms'] });
    await askNow(repair);
    expect(await toldBy(repair)).toEqual(['email']);
    expect(await repair.look()).toMatchObject({ customer: { channels: ['email', 'sms'] } });
    await repair.does('change-contact', { channels: ['sms'] });
    await repair.does('record-contact', { about: 'does-not-work', what: '还是不冷' });
    await askNow(repair);
    expect(await toldBy(repair)).toEqual(['email', 'sms']);
  });

  test('to whom a mail may have gone gets it once more under the same Message-ID, and is asked once', async () => {
    const repair = await byBoth({ phone: null });
    await mailsFail(repair, { dropAfterDot: 1 });
    await dueNow(repair);
    await eventually(async () => (await stateOfText(company, repair)) === 'unknown');
    await company.inbox.people('DELETE', '/faults');
    await eventually(async () => (await toldBy(repair)).length === 1);
    const ids = (await repair.mails()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
  });
});

describe('a contact that is corrected in the middle of a case:', () => {
  const onPhone = (phone: string) => company.phone.textsOn(phone);

  test('the open question goes to the new number, and its 1 counts; the 1 of the old number is read by a person', async () => {
    const repair = await asked(company);
    const [stranger, phone] = [repair.phone, aMobile()];
    await repair.does('change-contact', { phone });
    await eventually(async () => (await onPhone(phone)).length === 1);
    expect((await onPhone(phone))[0]).toContain(`${await inText(repair, 'guidance-call')}前致电您`);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
    await writes(company, stranger, '1');
    expect((await repair.look()).ending).toBeNull();
    await writes(company, phone, '1');
    await eventually(async () => (await noted(repair, 'customer-replied')) === 1);
  });

  test('nothing is said again for a new name, the same number, or a new address of mails to who is told by text', async () => {
    const repair = await asked(company);
    await repair.does('change-contact', { name: '李雷', language: 'en' });
    await repair.does('change-contact', { phone: repair.phone });
    await repair.does('change-contact', { email: anAddress(), consents: { sms: true, email: true } });
    await repair.does('record-contact', { about: 'other', what: '只是问问' });
    expect(await textsOfOurs(repair)).toHaveLength(1);
    expect(await toldBy(repair)).toEqual(['sms']);
  });

  test('what was answered already is not asked again', async () => {
    const repair = await asked(company);
    await repair.replies('2');
    const phone = aMobile();
    await repair.does('change-contact', { phone });
    await repair.does('record-contact', { about: 'other', what: '只是问问' });
    expect(await onPhone(phone)).toEqual([]);
  });

  test('a text of unknown fate does not wait for news of the old number', async () => {
    const repair = await aRepair(company);
    await textsFail(repair, { acceptThen500: 1, callbacksLost: 1, listDown: 1 });
    await dueNow(repair);
    await eventually(async () => (await stateOfText(company, repair)) === 'unknown');
    const phone = aMobile();
    await repair.does('change-contact', { phone });
    await eventually(async () => (await onPhone(phone)).length === 1);
    await eventually(async () => (await repair.task('guidance-call')) !== undefined);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
  });

  test('a text that was just being handed over goes to the new number too', async () => {
    const repair = await aRepair(company);
    await textsFail(repair, { hang: 1 });
    await dueNow(repair);
    await eventually(async () => (await stateOfText(company, repair)) === 'delivered');
    const phone = aMobile();
    await repair.does('change-contact', { phone });
    await eventually(async () => (await onPhone(phone)).length === 1);
    await eventually(async () => (await toldBy(repair)).length > 0);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
  });

  test('a new number that is dead: the customer is called at once', async () => {
    const repair = await asked(company);
    const phone = aMobile();
    await company.phone.people('PUT', '/faults', { to: phone, refuseWith: 21211 });
    await repair.does('change-contact', { phone });
    await isCalledNow(repair);
    expect(await whyNotTold(company, repair)).toEqual(['21211']);
  });
});
