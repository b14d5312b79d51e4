// The page for a new task: rows without asking the service, uploads with progress, nothing lost by a slip.
(() => {
  'use strict';

  const ARCHIVE = /\.(tar|tar\.gz|tgz|zip)$/i;
  const MOST_FILES = 20000;
  const LARGEST_IN_TAR = 8 * 1024 ** 3 - 1;

  const byId = (id) => document.getElementById(id);
  const form = byId('task');
  let changed = false;

  form.addEventListener('input', () => {
    changed = true;
  });
  form.addEventListener('submit', () => {
    changed = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (changed) {
      event.preventDefault();
    }
  });

  const touched = () => form.dispatchEvent(new Event('input', { bubbles: true }));

  // Whoever is signed out meanwhile keeps what is typed: the page is not loaded again.
  byId('preview').addEventListener('htmx:responseError', (event) => {
    event.stopPropagation();
    byId('said').textContent = event.detail.xhr.status === 401
      ? 'You are signed out. Sign in in another tab; what you typed stays here.'
      : 'The service could not check it: ' + event.detail.xhr.status + '.';
  });

  // Rows

  function addRow(rows) {
    const row = document.importNode(rows.querySelector('template').content, true);
    const number = rows.dataset.next;
    rows.dataset.next = Number(number) + 1;
    for (const element of row.querySelectorAll('*')) {
      for (const name of ['id', 'name', 'for', 'value', 'aria-describedby']) {
        const value = element.getAttribute(name);
        if (value && value.includes('NEXT')) {
          element.setAttribute(name, value.replace('NEXT', number));
        }
      }
    }
    for (const title of row.querySelectorAll('.unseen')) {
      title.textContent = title.textContent.replace('NEXT', Number(number) + 1);
    }
    const made = row.firstElementChild;
    rows.insertBefore(row, rows.querySelector('template'));
    return made;
  }

  form.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    const rows = button && button.closest('.rows');
    if (!rows) {
      return;
    }
    event.preventDefault();
    if (button.classList.contains('add')) {
      addRow(rows).querySelector('input, select, textarea').focus();
    } else {
      button.closest('.row').remove();
      rows.querySelector('.add').focus();
      touched();
    }
  });

  // Uploads

  const area = byId('upload');
  if (!area) {
    return;
  }
  const state = byId('upload-state');
  const progress = byId('upload-progress');
  const stop = byId('upload-stop');
  let sending = null;
  area.hidden = false;

  const size = (bytes) => bytes < 1024 ** 2
    ? (bytes / 1024).toFixed(1) + ' KiB'
    : (bytes / 1024 ** 2).toFixed(1) + ' MiB';

  // The first mount that is a workspace without files of its own, else a new one.
  function mount(id) {
    const rows = document.querySelector('[data-rows="mounts"]');
    const field = (row, name) => row.querySelector('[name$=".' + name + '"]');
    const all = [...rows.querySelectorAll('.row')];
    const row = all.find((one) => field(one, 'type').value === 'workspace' && /^(ws-.*)?$/.test(field(one, 'source').value))
      || addRow(rows);
    field(row, 'type').value = 'workspace';
    field(row, 'source').value = id;
    field(row, 'target').value = field(row, 'target').value || '/workspace';
    touched();
  }

  function done(request) {
    sending = null;
    progress.hidden = true;
    stop.hidden = true;
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = {};
    }
    if (request.status === 200 || request.status === 201) {
      mount(answer.id);
      state.textContent = 'Uploaded: ' + answer.files + (answer.files === 1 ? ' file, ' : ' files, ')
        + size(answer.sizeBytes) + '. A mount has ' + answer.id + '.';
    } else if (request.status === 401) {
      state.textContent = 'You are signed out. Sign in in another tab, then upload again.';
    } else {
      state.textContent = 'Not uploaded: ' + (answer.detail || 'the connection broke') + '.';
    }
  }

  function send(body, what) {
    if (sending) {
      sending.abort();
    }
    const request = new XMLHttpRequest();
    sending = request;
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && sending === request) {
        progress.value = 100 * event.loaded / event.total;
        state.textContent = event.loaded < event.total
          ? 'Uploading ' + what + ', ' + size(event.total)
          : 'Unpacking ' + what;
      }
    });
    request.addEventListener('loadend', () => {
      if (sending === request) {
        done(request);
      }
    });
    progress.value = 0;
    progress.hidden = false;
    stop.hidden = false;
    state.textContent = 'Uploading ' + what;
    request.open('POST', area.dataset.to);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(body);
  }

  stop.addEventListener('click', () => {
    const request = sending;
    sending = null;
    request.abort();
    progress.hidden = true;
    stop.hidden = true;
    state.textContent = 'The upload is stopped.';
    byId('upload-files').focus();
  });

  // The content of one folder becomes the workspace itself.
  function withoutFolder(entries) {
    const top = entries[0].path.split('/')[0] + '/';
    return entries.every((entry) => entry.path.startsWith(top))
      ? entries.map((entry) => ({ path: entry.path.slice(top.length), file: entry.file }))
      : entries;
  }

  function take(entries) {
    if (entries.length === 0) {
      state.textContent = 'There are no files in it.';
      return;
    }
    if (entries.length === 1 && ARCHIVE.test(entries[0].path)) {
      send(entries[0].file, entries[0].file.name);
      return;
    }
    if (entries.length > MOST_FILES || entries.some((entry) => entry.file.size > LARGEST_IN_TAR)) {
      state.textContent = 'That is more than this page packs: ' + MOST_FILES
        + ' files, each below 8 GiB. Pack them with tar or zip, and drop the archive.';
      return;
    }
    try {
      send(fleetTar(withoutFolder(entries)), entries.length === 1 ? entries[0].path : entries.length + ' files');
    } catch (failure) {
      state.textContent = failure.message;
    }
  }

  const listed = (files) => [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

  for (const id of ['upload-files', 'upload-folder']) {
    byId(id).addEventListener('change', (event) => {
      event.stopPropagation();
      take(listed(event.target.files));
    });
    byId(id).addEventListener('input', (event) => event.stopPropagation());
  }

  // A folder tells its entries in portions, until there are no more.
  async function walk(entry, path, found) {
    if (found.length > MOST_FILES) {
      return;
    }
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push({ path: path + entry.name, file });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (portion.length === 0) {
        return;
      }
      for (const one of portion) {
        await walk(one, path + entry.name + '/', found);
      }
    }
  }

  for (const name of ['dragenter', 'dragover']) {
    area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.add('over');
    });
  }
  for (const name of ['dragleave', 'drop']) {
    area.addEventListener(name, () => area.classList.remove('over'));
  }
  area.addEventListener('drop', async (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const files = listed(event.dataTransfer.files);
    try {
      const found = [];
      for (const entry of dropped) {
        if (entry) {
          await walk(entry, '', found);
        }
      }
      take(found.length > 0 ? found : files);
    } catch {
      state.textContent = 'The browser does not give these files out. Pack them with tar or zip, and drop the archive.';
    }
  });
})();
