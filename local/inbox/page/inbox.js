import { showFaults } from './fault-switches.js';
import { keepShowing } from './live.js';
import { showMail } from './mail.js';
import { element } from './requests.js';

const state = document.getElementById('state');
const address = document.getElementById('address');
const mails = document.getElementById('mails');
const moment = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
let latest = [];
let openId;

address.addEventListener('change', showList);

keepShowing(show);

function show({ inboxes, mails: shown, hiddenMails, faults }) {
  latest = shown;
  const older = hiddenMails ? ` · ${hiddenMails} older ones not shown` : '';
  state.textContent = `${shown.length} ${shown.length === 1 ? 'mail' : 'mails'}${older}`;
  document.getElementById('empty').hidden = shown.length > 0;
  document.querySelector('main').hidden = shown.length === 0;
  const addresses = inboxes.map((inbox) => inbox.address);
  const chosen = address.value;
  address.replaceChildren(
    new Option('all addresses', ''),
    ...inboxes.map((inbox) => new Option(`${inbox.address} (${inbox.mails})`, inbox.address)),
  );
  address.value = addresses.includes(chosen) ? chosen : '';
  showFaults(faults, addresses);
  showList();
}

function showList() {
  const listed = latest.filter(({ envelope }) => !address.value || envelope.to.includes(address.value));
  const focused = mails.contains(document.activeElement);
  mails.replaceChildren(...listed.map(row));
  if (!listed.some(({ id }) => id === openId) && listed[0]) open(listed[0]);
  if (focused) mails.querySelector('[aria-current="true"]')?.focus();
}

function row(mail) {
  const item = element('li');
  const button = element('button');
  const subject = Object.assign(element('b', '', mail.subject || '(no subject)'), { dir: 'auto' });
  button.append(
    subject,
    element('small', '', mail.envelope.to.join(', ')),
    element('small', '', moment.format(new Date(mail.at))),
  );
  button.dataset.id = mail.id;
  button.setAttribute('aria-current', String(mail.id === openId));
  button.addEventListener('click', () => open(mail));
  item.append(button);
  return item;
}

function open(mail) {
  openId = mail.id;
  for (const button of mails.querySelectorAll('button'))
    button.setAttribute('aria-current', String(button.dataset.id === openId));
  showMail(mail);
}
