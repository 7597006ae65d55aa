import { call, element } from './requests.js';

const switches = document.getElementById('switches');
const whose = document.getElementById('faults-to');
const startValue = { share: 1, seconds: 30, code: 30610 };
let latest = { items: [], known: {} };

whose.addEventListener('change', draw);

/** The faults as switches, for all or for one of `names`; drawn anew only when nobody is at them with the keyboard. */
export function showFaults(faults, names) {
  latest = faults;
  const on = faults.items.flatMap(namesIn);
  document.getElementById('faults-on').textContent = on.length ? `(${on.length} on)` : '';
  const all = new Set([...names, ...faults.items.flatMap(({ to }) => to ?? [])]);
  const chosen = whose.value;
  whose.replaceChildren(new Option(whose.dataset.all, ''), ...[...all].map((name) => new Option(name, name)));
  whose.value = all.has(chosen) ? chosen : '';
  if (!switches.contains(document.activeElement) || document.activeElement.type === 'checkbox') draw();
}

function draw() {
  const focused = document.activeElement?.id;
  switches.replaceChildren(...Object.entries(latest.known).map(([name, fault]) => row(name, fault)));
  if (focused) document.getElementById(focused)?.focus();
}

function row(name, { unit, says }) {
  const value = inForce()[name];
  const label = element('label', 'switch');
  const box = Object.assign(element('input'), { type: 'checkbox', id: `fault-${name}`, checked: value !== undefined });
  const amount = Object.assign(element('input', 'amount'), { type: 'number', value: value ?? startValue[unit] });
  Object.assign(amount, unit === 'share' ? { min: 0, max: 1, step: 0.1 } : { min: 0, step: 1 });
  amount.setAttribute('aria-label', `${name}, ${unit}`);
  const words = element('span', 'what');
  words.append(element('b', '', name), element('small', '', says));
  const set = () => change(name, box.checked ? Number(amount.value) : undefined);
  box.addEventListener('change', set);
  amount.addEventListener('change', () => box.checked && set());
  label.append(box, words, amount);
  return label;
}

function inForce() {
  return latest.items.find(({ to }) => (to ?? '') === whose.value) ?? {};
}

function change(name, value) {
  return call('PUT', '/faults', { ...inForce(), [name]: value, ...(whose.value && { to: whose.value }) });
}

function namesIn(set) {
  return Object.keys(latest.known).filter((name) => set[name] !== undefined);
}
