import { randomUUID } from 'node:crypto';
import { simpleParser, type AddressObject } from 'mailparser';
import type { Mail } from './mailbox';

/** The mail that these bytes are. Whatever stands in them, this only reads. */
export async function readMail(source: Buffer, envelope: Mail['envelope']): Promise<Mail> {
  const parsed = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    envelope,
    messageId: parsed.messageId ?? null,
    subject: parsed.subject ?? '',
    from: inWords(parsed.from),
    to: inWords(parsed.to),
    replyTo: inWords(parsed.replyTo),
    text: parsed.text ?? '',
    html: parsed.html || null,
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      name: filename ?? 'without a name',
      contentType,
      bytes: size,
    })),
    source: source.toString('base64'),
  };
}

function inWords(addresses: AddressObject | AddressObject[] | undefined): string {
  return [addresses ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
