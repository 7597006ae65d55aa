import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { World } from '../activities/message-world';
import { authToken, twoWay } from '../local/phone-fixture';
import { aMobile } from '../support/repair';

interface Stored {
  kind: string;
  caseNumber: string | null;
  choice: string | null;
  body: string;
}

/** What customers write to us, by the webhooks of the carrier, and what became of it. */
export function inboundTo(world: () => World) {
  const sid = () => `SM${randomBytes(16).toString('hex')}`;
  const site = () => world().parts.publicUrl;

  async function post(path: string, form: Record<string, string>, signature?: string) {
    const url = `${site()}/v1/webhooks/twilio${path}`;
    return await fetch(url, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signature ?? getExpectedTwilioSignature(authToken, url, form) },
      body: new URLSearchParams(form),
    });
  }

  const aRaw = (from: string, body: string) => ({ sid: sid(), from, to: twoWay, body });
  const aText = (from: string, body: string) => ({ MessageSid: sid(), From: from, To: twoWay, Body: body });
  const write = (from: string, body: string) => post('/inbound', aText(from, body));

  /** What was made of a number's texts, in the order in which they came. */
  const storedOf = (number: string) =>
    world().rows<Stored>(
      'SELECT kind, case_number AS "caseNumber", choice, body FROM inbound_messages WHERE sender = $1 ORDER BY received_at',
      number,
    );
  const heardBy = (caseNumber: string) =>
    world().rows<{ payload: object }>(
      `SELECT payload FROM outbox WHERE case_number = $1 AND kind = 'reply' ORDER BY id`,
      caseNumber,
    );
  const deskTasksOf = (number: string) =>
    world().rows<{ kind: string; caseNumber: string | null; minutes: number }>(
      `SELECT d.kind, d.case_number AS "caseNumber", round(extract(epoch FROM d.due_at - now()) / 60)::int AS minutes
       FROM desk_tasks d JOIN inbound_messages i ON i.sid = d.inbound_sid WHERE i.sender = $1`,
      number,
    );
  const isOptedOut = async (number: string) =>
    (await world().rows('SELECT FROM opt_outs WHERE number = $1 AND ended_at IS NULL', number)).length === 1;

  /** A case whose customer was asked whether it works; the digits that stand in the text. */
  async function asked(phone = aMobile()) {
    const message = await world().aCase({ phone });
    expect(await world().send(message)).toMatchObject({ state: 'accepted' });
    const [question] = await world().rows<{ choices: { choice: string; digit: string }[] }>(
      'SELECT choices FROM questions WHERE case_number = $1',
      message.caseNumber,
    );
    const digitOf = (choice: string) => question?.choices.find((one) => one.choice === choice)?.digit ?? 'none';
    return { ...message, yes: digitOf('yes'), no: digitOf('no') };
  }

  const closeQuestion = (caseNumber: string, daysAgo = 0) =>
    world().rows(
      `UPDATE questions SET closed_at = now() - $2 * interval '1 day' WHERE case_number = $1`,
      caseNumber,
      daysAgo,
    );
  const closeCase = async (caseNumber: string) => {
    await closeQuestion(caseNumber);
    await world().rows(`UPDATE cases SET ending = 'satisfied', status = 'closed' WHERE case_number = $1`, caseNumber);
  };

  return {
    sid,
    site,
    post,
    aRaw,
    aText,
    write,
    storedOf,
    heardBy,
    deskTasksOf,
    isOptedOut,
    asked,
    closeQuestion,
    closeCase,
  };
}
