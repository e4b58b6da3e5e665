// Small comforts; every page works without them.

// On a narrow screen the filters are folded, so that results come first; not when the address names one of them.
const filters = document.querySelector('.facets-all');
if (filters && !location.hash && matchMedia('(max-width: 60rem)').matches) filters.open = false;

// "/" jumps to the search box from anywhere but a field.
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.matches('input, textarea, select')) return;
  event.preventDefault();
  document.querySelector('#q, #site-q')?.focus();
});
