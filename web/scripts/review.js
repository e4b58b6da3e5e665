// One key decides a row: that of the button's accesskey, alone.
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea, select')) return;
  const button = [...document.querySelectorAll('#review button[accesskey]')].find((b) => b.accessKey === event.key.toLowerCase());
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

// A key held down must not decide the next row too.
for (const form of document.querySelectorAll('#review form'))
  form.addEventListener('submit', () => setTimeout(() => form.querySelectorAll('button').forEach((b) => { b.disabled = true; })));
