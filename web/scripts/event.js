// Keeps the counts of an event's sites and its response rate as they are now, without loading the page again.
const live = document.getElementById('event-live');
const bar = live.querySelector('progress');

async function look() {
  const answer = await fetch(live.dataset.state).catch(() => null);
  if (answer && !answer.ok) return location.reload();
  if (answer) {
    const state = await answer.json();
    for (const place of live.querySelectorAll('[data-count]'))
      if (place.textContent !== state[place.dataset.count]) place.textContent = state[place.dataset.count];
    Object.assign(bar, { max: Math.max(1, state.asked), value: state.answered });
  }
  setTimeout(look, 3000);
}
setTimeout(look, 3000);
