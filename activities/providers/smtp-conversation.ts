/**
 * What the mail server made of a mail. `refused`: for good, with its enhanced code (`5.1.1`). `not-taken`: surely not, and it may be
 * tried again. `unclear`: it may have it or not, and unlike the SMS carrier it has no list to look it up in.
 */
export type MailSubmission =
  { outcome: 'accepted' } | { outcome: 'refused'; code: string } | { outcome: 'not-taken' } | { outcome: 'unclear' };

interface Entry {
  tnx?: string;
}

export interface Watch {
  logger: { debug(entry: Entry, words: string): void; info(entry: Entry): void; warn(): void; error(): void };
  /** Whether the server asked for the mail itself: before that it surely has none. */
  hasBegun(): boolean;
}

/** The library's errors do not say how far a conversation got, its log does. Nothing of it is kept: it holds addresses. */
export function watchConversation(): Watch {
  let begun = false;
  const nothing = () => undefined;
  return {
    logger: {
      debug({ tnx }, words) {
        if (tnx === 'server' && words.startsWith('354')) begun = true;
      },
      // Some servers ask for it by another code: then it shows only once it was written.
      info({ tnx }) {
        if (tnx === 'message') begun = true;
      },
      warn: nothing,
      error: nothing,
    },
    hasBegun: () => begun,
  };
}

/** What the library throws, as far as it is read here. */
export interface SmtpError {
  command?: string;
  /** Of an answer, and whether the same mail would get it again. */
  responseCode?: number;
  response?: string;
  permanent?: boolean;
}

const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'];
/** Not this mail, but our own account is what the server objects to. */
const aboutOurAccount = /^53\d/;

/** @param begun whether the server had asked for the mail by then. */
export function outcomeOf(
  { command = '', responseCode = 0, response = '', permanent }: SmtpError,
  begun: boolean,
): MailSubmission {
  // 421 says that the connection ends, in answer to whatever it was: also to a mail that was taken.
  if (responseCode < 400 || responseCode === 421) return { outcome: begun ? 'unclear' : 'not-taken' };
  if (!permanent || aboutOurAccount.test(response) || !aboutThisMail.includes(command)) return { outcome: 'not-taken' };
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  return { outcome: 'refused', code: enhanced ?? String(responseCode) };
}
