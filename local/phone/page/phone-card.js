import { call, element } from './requests.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

/** One phone on the page. What a customer is typing stays while texts come in. */
export function createCard(number) {
  const root = element('section', 'phone');
  root.setAttribute('aria-label', `Phone ${number}`);
  const title = element('h2', '', number);
  const note = element('p', 'note');
  const texts = element('ol', 'texts');
  texts.setAttribute('aria-live', 'polite');
  texts.tabIndex = 0;
  const { form, words, stop } = replyForm(number);
  root.append(title, note, texts, form);

  function show({ texts: shown, canReply, lastSender, optedOutOf }, senders) {
    const wasAtEnd = texts.scrollHeight - texts.scrollTop - texts.clientHeight < 40;
    const before = texts.childElementCount;
    texts.replaceChildren(...rows(shown));
    if (wasAtEnd || texts.childElementCount > before) texts.scrollTop = texts.scrollHeight;

    const stopped = optedOutOf.includes(lastSender);
    note.textContent = noteFor({ lastSender, canReply, stopped });
    note.classList.toggle('warning', stopped || (lastSender !== null && !canReply));
    form.hidden = !canReply && lastSender !== null;
    form.classList.toggle('first', lastSender === null);
    form.to.value = lastSender ?? senders.find(({ twoWay }) => twoWay)?.number ?? '';
    words.setAttribute('aria-label', `Reply from ${number} to ${form.to.value}`);
    words.placeholder = lastSender ? 'Reply' : 'Write to us';
    stop.textContent = stopped ? 'START' : 'STOP';
    stop.value = stop.textContent;
  }
  return { root, show };
}

function replyForm(number) {
  const form = element('form', 'reply');
  const to = Object.assign(element('input'), { type: 'hidden', name: 'to' });
  const words = Object.assign(element('textarea'), { name: 'words', rows: 1, required: true, dir: 'auto' });
  const stop = Object.assign(element('button', 'stop', 'STOP'), { type: 'button', value: 'STOP' });
  form.append(to, words, element('button', 'send', 'Send'), stop);

  const reply = (text) => call('POST', `/phones/${number}/replies`, { text, to: to.value });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = words.value;
    if (await reply(text)) words.value = '';
  });
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  stop.addEventListener('click', () => reply(stop.value));
  return { form, words, stop };
}

function noteFor({ lastSender, canReply, stopped }) {
  if (lastSender === null) return 'no text yet';
  if (stopped) return `stopped texts from ${lastSender}`;
  return canReply ? `texts with ${lastSender}` : `${lastSender} is one-way: it cannot be answered`;
}

function rows(texts) {
  let lastDay = '';
  let lastOther = '';
  return texts.flatMap((text) => {
    const made = [];
    const today = day.format(new Date(text.at));
    const other = text.direction === 'received' ? text.from : text.to;
    if (today !== lastDay || other !== lastOther) made.push(element('li', 'divider', `${today} · ${other}`));
    lastDay = today;
    lastOther = other;
    made.push(bubble(text));
    return made;
  });
}

function bubble({ direction, writtenBy, text, at, status, segments }) {
  const row = element('li', `text ${direction} by-${writtenBy}`);
  const words = element('p', 'words', text);
  words.dir = 'auto';
  const state = writtenBy === 'us' ? ` · ${status}` : writtenBy === 'carrier' ? ' · from the carrier itself' : '';
  const size = segments > 1 ? ` · ${segments} SMS` : '';
  const when = element('time', '', `${time.format(new Date(at))}${state}${size}`);
  when.dateTime = at;
  row.append(words, when);
  return row;
}
