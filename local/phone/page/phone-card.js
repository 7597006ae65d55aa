import { call, element } from './requests.js';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

/** One phone on the page. What a customer is typing stays while texts come in. */
export function createCard(number) {
  const root = element('section', 'phone');
  root.setAttribute('aria-label', `Phone ${number}`);
  const title = element('h2', '', number);
  const kind = element('span', 'kind');
  const whom = element('span');
  const note = element('p', 'note');
  note.append(kind, ' ', whom);
  const lost = element('p', 'lost');
  const texts = element('ol', 'texts');
  texts.setAttribute('aria-live', 'polite');
  texts.tabIndex = 0;
  const { form, words, stop } = replyForm(number);
  const oneWay = element('p', 'one-way-why');
  root.append(title, note, lost, texts, form, oneWay);

  function show({ texts: shown, canReply, lastSender, optedOutOf, neverArrived }, { senders, answerPage }) {
    const wasAtEnd = texts.scrollHeight - texts.scrollTop - texts.clientHeight < 40;
    const before = texts.childElementCount;
    texts.replaceChildren(...rows(shown));
    if (wasAtEnd || texts.childElementCount > before) texts.scrollTop = texts.scrollHeight;

    const stopped = optedOutOf.includes(lastSender);
    const isOneWay = lastSender !== null && !canReply;
    kind.textContent = isOneWay ? 'one-way' : 'two-way';
    kind.hidden = lastSender === null;
    root.classList.toggle('one-way', isOneWay);
    whom.textContent = whomFor({ lastSender, isOneWay, stopped });
    note.classList.toggle('warning', stopped);
    lost.textContent = neverArrived === 1 ? '1 text never arrived' : `${neverArrived} texts never arrived`;
    lost.hidden = neverArrived === 0;
    form.hidden = isOneWay;
    oneWay.hidden = !isOneWay;
    oneWay.replaceChildren(...whyOneWay(answerPage));
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

function whomFor({ lastSender, isOneWay, stopped }) {
  if (lastSender === null) return 'no text yet';
  if (stopped) return `stopped texts from ${lastSender}`;
  return isOneWay ? `texts from ${lastSender}` : `texts with ${lastSender}`;
}

/** Where a customer answers to whom nobody gave a way back. */
function whyOneWay(answerPage) {
  const why = 'The sender is one-way: the carrier takes nothing back, not even STOP. Answers are given by phone';
  if (!answerPage) return [`${why}.`];
  const link = Object.assign(element('a', '', answerPage), { href: answerPage, target: '_blank', rel: 'noreferrer' });
  return [`${why}, or with case number and short code at `, link];
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
