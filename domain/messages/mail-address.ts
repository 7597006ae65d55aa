/** One person's address; `name` as people typed it. */
export interface MailAddress {
  name?: string;
  address: string;
}

const mailbox = /^[^\s\p{C}"(),:;<>@[\\\]]{1,64}$/u;
const host = /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;

/**
 * Whether this is one address and nothing else. Quoted names, comments, groups and lists are refused although a standard allows some of
 * them: whoever reads them otherwise than we do would mail a stranger.
 */
export function isOneAddress(address: string): boolean {
  const [name = '', domain = '', ...more] = address.split('@');
  const labels = [...name.split('.'), ...domain.split('.')];
  return more.length === 0 && mailbox.test(name) && host.test(domain) && labels.every((label) => label !== '');
}
