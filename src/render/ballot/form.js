'use strict';
(function () {
  const form = document.getElementById('ballot');
  const progress = document.getElementById('progress');
  const told = document.getElementById('told');
  const draft = document.getElementById('draft');
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
    if (event.target === draft) return;
    if (event.target.type === 'radio') takeOver(event.target);
    unsaved = true;
    say();
  });
  form.addEventListener('input', function (event) { if (event.target !== draft) unsaved = true; });
  form.addEventListener('click', function (event) {
    if (!event.target.classList.contains('clear')) return;
    const item = event.target.closest('fieldset');
    for (const input of item.querySelectorAll('input[type=radio]')) input.checked = false;
    unsaved = true;
    say();
  });
  // What is saved, as a draft or to be sent.
  function written(kind) {
    const data = form.dataset;
    const content = {};
    content[kind] = 1;
    return JSON.stringify(Object.assign(content, {
      round: data.round,
      member: data.member,
      mark: data.mark,
      saved: new Date().toISOString(),
      answers: answers()
    }), null, 1);
  }

  function hand(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    unsaved = false;
  }

  // Puts a file's answers in the place of what stands here.
  function takeUp(all) {
    for (const item of items) {
      const one = Object.assign({ said: '', reason: '', dissent: '', approved: false }, all[item.dataset.item]);
      for (const input of item.querySelectorAll('input[type=radio]')) input.checked = input.value === String(one.said);
      byId(item, 'reason').value = one.reason;
      byId(item, 'dissent').value = one.dissent;
      byId(item, 'approved').checked = one.approved === true;
      item.querySelector('details').open = Boolean(one.dissent);
    }
    unsaved = false;
    say();
  }

  function isOfThisBallot(file) {
    const data = form.dataset;
    return file && file.round === data.round && file.member === data.member && file.mark === data.mark &&
      typeof file.answers === 'object' && file.answers !== null;
  }

  document.getElementById('keep').addEventListener('click', function () {
    const name = form.dataset.round + '-' + form.dataset.member + '-draft.json';
    hand(name, written('realist_draft'));
    told.textContent = 'A file ' + name + ' was saved, most likely in your folder for downloads. It is a draft: do not send it.';
  });
  draft.addEventListener('change', async function () {
    const chosen = draft.files[0];
    draft.value = '';
    if (!chosen) return;
    let file = null;
    try {
      file = JSON.parse(await chosen.text());
    } catch (error) {
      file = null;
    }
    if (!isOfThisBallot(file)) {
      told.textContent = 'That file was not saved from this page. Nothing here was changed.';
      return;
    }
    if (unsaved && !window.confirm('Put the answers of that file in the place of what you have filled in here?')) return;
    takeUp(file.answers);
    told.textContent = 'Your answers are back. When you are ready, choose \u201cSave my answers\u201d.';
  });

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    const text = written('realist_ballot');
    const name = form.dataset.round + '-' + form.dataset.member + '.json';
    document.getElementById('name').textContent = name;
    document.getElementById('copy').value = text;
    hand(name, text);
    const saved = document.getElementById('saved');
    saved.hidden = false;
    saved.focus();
    saved.scrollIntoView();
  });
  window.addEventListener('beforeunload', function (event) {
    if (unsaved) event.preventDefault();
  });
  say();
}());
