import { element } from './requests.js';

const article = document.getElementById('mail');
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
let part = 'HTML';

/** One mail with its parts. The HTML part stands in a frame that runs nothing and loads nothing. */
export function showMail(mail) {
  const heads = element('dl', 'heads');
  for (const [name, value] of headsOf(mail)) heads.append(element('dt', '', name), element('dd', '', value));
  const parts = element('div', 'parts');
  const title = Object.assign(element('h2', '', mail.subject || '(no subject)'), { dir: 'auto' });
  const place = element('div');
  article.replaceChildren(title, heads, parts, place);

  const names = [...(mail.hasHtml ? ['HTML'] : []), 'Text', 'Source'];
  const show = async (name) => {
    for (const button of parts.children) button.setAttribute('aria-pressed', String(button.textContent === name));
    place.replaceChildren(await shown(mail, name));
  };
  for (const name of names) {
    const button = element('button', '', name);
    button.addEventListener('click', () => {
      part = name;
      void show(name);
    });
    parts.append(button);
  }
  void show(names.includes(part) ? part : names[0]);
}

function headsOf({ from, to, replyTo, envelope, at, messageId, attachments }) {
  const kb = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;
  return [
    ['From', from],
    ['To', to],
    ['Delivered to', envelope.to.join(', ')],
    ['Reply to', replyTo],
    ['Arrived', time.format(new Date(at))],
    ['Message-ID', messageId],
    ['Attachments', attachments.map(({ name, bytes }) => `${name} (${kb(bytes)})`).join(', ')],
  ].filter(([, value]) => value);
}

async function shown({ id, text }, name) {
  if (name === 'HTML') {
    const frame = Object.assign(element('iframe', 'part'), { title: 'The HTML part', src: `/messages/${id}/html` });
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    return frame;
  }
  const words = name === 'Text' ? text : await (await fetch(`/messages/${id}/source`)).text();
  const page = element('pre', 'part', words);
  page.dir = 'auto';
  return page;
}
