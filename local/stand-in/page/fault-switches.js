import { call, element } from './requests.js';

const panel = document.getElementById('faults');
const { whose: owner, all: everybody } = panel.dataset;
const title = element('summary', '', `Faults of the ${owner} `);
const on = element('span', 'on');
const whose = element('select');
const switches = element('div', 'switches');
const startValue = { share: 1, seconds: 30, code: 30610 };
let latest = { items: [], known: {} };

title.append(on);
const chooser = element('label', '', 'For ');
chooser.append(whose);
const how = element('p', 'whose');
how.append(chooser, ' · a share of 1 means always, 0.5 every other time');
panel.append(title, how, switches);
whose.addEventListener('change', draw);

/** The faults as switches, for all or for one of `names`; drawn anew only when nobody is at them with the keyboard. */
export function showFaults(faults, names) {
  latest = faults;
  const count = faults.items.flatMap(namesIn).length;
  on.textContent = count ? `(${count} on)` : '';
  const all = new Set([...names, ...faults.items.flatMap(({ to }) => to ?? [])]);
  const chosen = whose.value;
  whose.replaceChildren(option('', everybody), ...[...all].map((name) => option(name, name)));
  whose.value = all.has(chosen) ? chosen : '';
  if (!switches.contains(document.activeElement) || document.activeElement.type === 'checkbox') draw();
}

function option(to, name) {
  const count = latest.items.filter((set) => (set.to ?? '') === to).flatMap(namesIn).length;
  return new Option(count ? `${name} (${count} on)` : name, to);
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
