const trouble = document.getElementById('trouble');

/** Calls the API of the page's own server. What it refuses is shown on the page; answers whether it was done. */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (response?.ok) {
    trouble.hidden = true;
    return true;
  }
  const problem = await response?.json().catch(() => undefined);
  trouble.textContent = problem?.detail ?? 'No answer. Is it still running?';
  trouble.hidden = false;
  return false;
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
