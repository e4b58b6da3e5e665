// Follows a background job without loading its page again; when it has ended, the page is loaded once more.
const job = document.getElementById('job');
const bar = job.querySelector('progress');
const text = job.querySelector('.job-text');

async function look() {
  const answer = await fetch(job.dataset.state).catch(() => null);
  if (answer && !answer.ok) return location.reload();
  if (answer) {
    const state = await answer.json();
    if (state.ended) return location.reload();
    if (state.total) Object.assign(bar, { max: state.total, value: state.done });
    if (text.textContent !== state.text) text.textContent = state.text;
  }
  setTimeout(look, 1000);
}
setTimeout(look, 500);
