import { showFaults } from './fault-switches.js';
import { keepShowing } from './live.js';
import { createCard } from './phone-card.js';
import { call } from './requests.js';

const phones = document.getElementById('phones');
const state = document.getElementById('state');
const add = document.getElementById('add');
const cards = new Map();

add.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (await call('POST', '/phones', { number: add.number.value.trim() })) add.reset();
});

keepShowing(show);

function show({ phones: shown, hiddenPhones, senders, answerPage, pendingCallbacks, faults }) {
  const older = hiddenPhones ? ` · ${hiddenPhones} older ones not shown` : '';
  const pending = pendingCallbacks
    ? ` · ${pendingCallbacks} webhook${pendingCallbacks === 1 ? '' : 's'} under way`
    : '';
  state.textContent = `${shown.length} ${shown.length === 1 ? 'phone' : 'phones'}${older}${pending}`;
  document.getElementById('empty').hidden = shown.length > 0;
  showFaults(
    faults,
    shown.map(({ number }) => number),
  );
  for (const phone of shown.toReversed()) {
    if (!cards.has(phone.number)) {
      const card = createCard(phone.number);
      cards.set(phone.number, card);
      phones.prepend(card.root);
    }
    cards.get(phone.number).show(phone, { senders, answerPage });
  }
  const numbers = new Set(shown.map(({ number }) => number));
  for (const [number, card] of cards) {
    if (numbers.has(number)) continue;
    card.root.remove();
    cards.delete(number);
  }
}
