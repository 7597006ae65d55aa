import { Trouble } from '../trouble';

/**
 * A customer's browser, without scripts, on our pages: enters with case number and short code, presses the button of a choice, and
 * says what stands on the page that comes then.
 * @throws Trouble when the page does not lead there.
 */
export async function answerOnPage(api: string, entering: { case: string; code: string }, choice: string) {
  const entered = await post(`${api}/track`, entering);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const asked = await (await fetch(leadsTo(entered), { headers: { cookie } })).text();
  const [, action = ''] = /action="([^"]*\/answers\/[^"]+)"/.exec(asked) ?? [];
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(asked) ?? [];
  const answered = await post(`${api}${action}`, { csrf, choice }, cookie);
  return await (await fetch(leadsTo(answered), { headers: { cookie } })).text();
}

const post = (url: string, form: Record<string, string>, cookie = '') =>
  fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(form) });

/** A page that took what was sent leads on; any other said no. */
function leadsTo({ status, url, headers }: Response): string {
  const location = headers.get('location');
  if (!location) throw new Trouble(`The customer's page ${url} answered with ${status} instead of leading on.`);
  return new URL(location, url).href;
}
