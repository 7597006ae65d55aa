const state = document.getElementById('state');

/** Shows what the server sees now, and again whenever it says that something is new; one look at a time. */
export function keepShowing(show) {
  let looking = false;
  let again = false;

  async function look() {
    again = looking;
    if (looking) return;
    looking = true;
    try {
      show(await (await fetch('/view')).json());
    } catch (error) {
      console.error(error);
      sayDisconnected();
    }
    looking = false;
    if (again) await look();
  }

  const changes = new EventSource('/view/changes');
  changes.addEventListener('changed', look);
  changes.addEventListener('error', sayDisconnected);
}

function sayDisconnected() {
  state.textContent = 'not connected, trying again …';
}
