'use strict';
(function () {
  const form = document.getElementById('ballot');
  const progress = document.getElementById('progress');
  const items = Array.from(form.querySelectorAll('fieldset'));
  let unsaved = false;

  function byId(item, what) {
    return document.getElementById(item.dataset.item + '-' + what);
  }

  function chosen(item) {
    const input = item.querySelector('input[type=radio]:checked');
    return input ? input.value : '';
  }

  // Points: each number once, so that the item that had it before loses it.
  function takeOver(input) {
    if (form.dataset.method !== 'ngt' || !/^[0-9]+$/.test(input.value)) return;
    for (const other of form.querySelectorAll('input[type=radio]:checked')) {
      if (other !== input && other.value === input.value) other.checked = false;
    }
  }

  function say() {
    const done = items.filter(chosen).length;
    progress.textContent = done + ' of ' + items.length + ' answered';
  }

  function answers() {
    const all = {};
    for (const item of items) {
      const one = {
        said: chosen(item),
        reason: byId(item, 'reason').value.trim(),
        dissent: byId(item, 'dissent').value.trim(),
        approved: byId(item, 'approved').checked
      };
      if (one.said || one.reason || one.dissent) all[item.dataset.item] = one;
    }
    return all;
  }

  form.addEventListener('change', function (event) {
    if (event.target.type === 'radio') takeOver(event.target);
    unsaved = true;
    say();
  });
  form.addEventListener('input', function () { unsaved = true; });
  form.addEventListener('click', function (event) {
    if (!event.target.classList.contains('clear')) return;
    const item = event.target.closest('fieldset');
    for (const input of item.querySelectorAll('input[type=radio]')) input.checked = false;
    unsaved = true;
    say();
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    const data = form.dataset;
    const text = JSON.stringify({
      realist_ballot: 1,
      round: data.round,
      member: data.member,
      mark: data.mark,
      saved: new Date().toISOString(),
      answers: answers()
    }, null, 1);
    const name = data.round + '-' + data.member + '.json';
    document.getElementById('name').textContent = name;
    document.getElementById('copy').value = text;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    const saved = document.getElementById('saved');
    saved.hidden = false;
    saved.focus();
    saved.scrollIntoView();
    unsaved = false;
  });
  window.addEventListener('beforeunload', function (event) {
    if (unsaved) event.preventDefault();
  });
  say();
}());
