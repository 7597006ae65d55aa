import { showFaults } from './fault-switches.js';
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

const changes = new EventSource('/view/changes');
changes.addEventListener('changed', refresh);
changes.addEventListener('error', () => (state.textContent = 'not connected, trying again …'));

let refreshing = false;
let again = false;

async function refresh() {
  again = refreshing;
  if (refreshing) return;
  refreshing = true;
  try {
    show(await (await fetch('/view')).json());
  } catch {
    state.textContent = 'not connected, trying again …';
  }
  refreshing = false;
  if (again) await refresh();
}

function show({ phones: shown, hiddenPhones, senders, pendingCallbacks, faults }) {
  const older = hiddenPhones ? ` · ${hiddenPhones} older ones not shown` : '';
  const pending = pendingCallbacks ? ` · ${pendingCallbacks} webhooks under way` : '';
  state.textContent = `${shown.length} phones${older}${pending}`;
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
    cards.get(phone.number).show(phone, senders);
  }
  const numbers = new Set(shown.map(({ number }) => number));
  for (const [number, card] of cards) {
    if (numbers.has(number)) continue;
    card.root.remove();
    cards.delete(number);
  }
}
