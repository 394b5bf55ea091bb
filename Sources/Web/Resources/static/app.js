/* Fengsui's own script: clocks from server time, one event stream a browser, rows swapped by id, keys, sound, veil.
   Every page works without it. */
(function () {
  'use strict';
  const body = document.body;
  const all = (selector, scope) => Array.from((scope || document).querySelectorAll(selector));
  const two = (number) => String(number).padStart(2, '0');

  // ── server time: the desk's own clock is never asked ──
  let base = { server: Number(body.dataset.now || Date.now()), at: performance.now() };
  let beatAt = performance.now();
  const rate = Number(body.dataset.rate || 1);
  const now = () => base.server + (performance.now() - base.at) * rate;
  const sync = (server) => { if (server > 0) base = { server, at: performance.now() }; };

  const elapsed = (ms) => {
    const s = Math.max(0, Math.floor(ms / 1000));
    return two(Math.floor(s / 3600)) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
  };
  const remaining = (ms) => {
    if (ms < 0) {
      const minutes = Math.floor(-ms / 60000);
      return '已超 ' + Math.floor(minutes / 60) + ':' + two(minutes % 60);
    }
    const s = Math.ceil(ms / 1000);
    return s < 3600 ? two(Math.floor(s / 60)) + ':' + two(s % 60)
      : Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
  };
  const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  function tick() {
    const time = now();
    const china = new Date(time + 8 * 3600000);
    const clock = two(china.getUTCHours()) + ':' + two(china.getUTCMinutes()) + ':' + two(china.getUTCSeconds());
    const day = two(china.getUTCMonth() + 1) + '-' + two(china.getUTCDate());
    all('[data-clock]').forEach((e) => set(e, e.dataset.clock === 'long'
      ? day + ' 周' + '日一二三四五六'[china.getUTCDay()] + ' ' + clock : clock));
    all('[data-since]').forEach((e) => set(e, elapsed(time - Number(e.dataset.since))));
    all('[data-due]').forEach((e) => {
      const left = Number(e.dataset.due) - time;
      set(e, remaining(left));
      e.classList.toggle('late', left < 0);
      e.classList.toggle('clk', left >= 0);
    });
    const silent = Math.floor((performance.now() - beatAt) / 1000);
    all('[data-age]').forEach((e) => set(e, body.dataset.stream ? Math.max(0, silent) + ' 秒前' : elapsed(time - Number(body.dataset.now))));
    if (body.dataset.stream) veil(silent > 15);
  }

  function veil(isStale) {
    all('[data-veiled]').forEach((e) => {
      e.classList.toggle('veil', isStale);
      if (isStale) e.setAttribute('data-veil', '断线'); else e.removeAttribute('data-veil');
    });
    if (isStale !== (body.dataset.stale === '1')) {
      body.dataset.stale = isStale ? '1' : '';
      announce(isStale ? '断线：下面不是现在的数' : '已重新连上');
    }
  }

  // ── live regions ──
  function announce(text) { const region = document.getElementById('announce'); if (region) region.textContent = text; }

  let pending = 0, running = false;
  function refreshSoon(delay) { clearTimeout(pending); pending = setTimeout(refresh, delay === undefined ? 700 : delay); }

  async function refresh() {
    if (running || !document.querySelector('[data-live]')) return;
    running = true;
    try {
      const answer = await fetch(location.href, { credentials: 'same-origin', headers: { 'X-Live': '1' } });
      if (answer.redirected && /\/login/.test(answer.url)) { location.assign(answer.url); return; }
      if (!answer.ok) return;
      swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch (error) { /* the veil tells it */ } finally { running = false; }
  }

  function swap(fresh) {
    sync(Number(fresh.body.dataset.now));
    all('[data-live]').forEach((old) => {
      const next = fresh.getElementById(old.id);
      if (!next || next.outerHTML === old.outerHTML) return;
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      if (focused && /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName)) return;
      if (old.querySelector('[data-dirty]')) return;
      const scroller = old.querySelector('.scroll') || old, top = scroller.scrollTop;
      old.replaceWith(document.adoptNode(next));
      (next.querySelector('.scroll') || next).scrollTop = top;
      if (focused && focused.id && document.getElementById(focused.id)) {
        document.getElementById(focused.id).focus({ preventScroll: true });
      }
    });
    tick();
    document.dispatchEvent(new CustomEvent('fengsui:swapped'));
  }

  // ── rows of warnings ──
  function placeRow(html) {
    const holder = document.createElement('template');
    holder.innerHTML = html.trim();
    const row = holder.content.firstElementChild;
    const list = document.querySelector('tbody[data-rows]');
    if (!row || !list) return;
    const old = document.getElementById(row.id);
    if (old && old.getAttribute('aria-selected')) row.setAttribute('aria-selected', 'true');
    const isNews = row.classList.contains('is-unack') && !(old && old.classList.contains('is-unack') && old.dataset.level === row.dataset.level);
    if (old) old.remove();
    if (!old && list.dataset.rows !== 'all') { refreshSoon(); return; }
    if (row.dataset.gone) { refreshSoon(); return; }
    const after = all('tr', list).find((r) => r.dataset.order > row.dataset.order);
    list.insertBefore(row, after || null);
    const empty = document.getElementById('list-empty');
    if (empty) empty.hidden = true;
    const box = list.closest('.scroll');
    if (!old && box && row.getBoundingClientRect().top < box.getBoundingClientRect().top) noteAbove();
    if (isNews) {
      announce('新预警 ' + row.dataset.title);
      if (row.dataset.level === 'yellow') play([880]);
    }
    tick();
  }
  let above = 0;
  function noteAbove() {
    above += 1;
    const note = document.getElementById('newrows');
    if (note) { note.hidden = false; note.textContent = '↑ ' + above + ' 条新预警'; note.onclick = () => { above = 0; note.hidden = true; }; }
  }

  // ── one stream a browser: the tab that holds the lock opens it and passes everything on ──
  function handle(message) {
    beatAt = performance.now();
    if (message.kind === 'heartbeat') { sync(Number(message.data)); tick(); return; }
    if (message.kind === 'row') { placeRow(message.data); refreshSoon(); return; }
    if (message.kind === 'gone') { const row = document.getElementById('w-' + message.data); if (row) row.remove(); refreshSoon(); return; }
    refreshSoon(message.data === 'now' ? 0 : 300);
  }
  function listen() {
    if (!body.dataset.stream || !window.EventSource) return;
    const channel = window.BroadcastChannel ? new BroadcastChannel('fengsui') : null;
    if (channel) channel.onmessage = (event) => handle(event.data);
    const open = () => {
      const source = new EventSource(body.dataset.stream);
      ['heartbeat', 'row', 'gone', 'refresh'].forEach((kind) => source.addEventListener(kind, (event) => {
        const message = { kind, data: event.data };
        handle(message);
        if (channel) channel.postMessage(message);
      }));
      source.onerror = () => { if (source.readyState === 2) { source.close(); setTimeout(open, 3000); } };
    };
    if (channel && navigator.locks) navigator.locks.request('fengsui-events', () => { open(); return new Promise(() => {}); });
    else open();
  }

  // ── sound: red three tones every 5 s until acknowledged, orange two every 15 s, yellow one chime ──
  let audio = null, mutedUntil = 0, lastTone = { red: -1e9, orange: -1e9 };
  function play(tones) {
    if (!audio || performance.now() < mutedUntil) return;
    tones.forEach((frequency, index) => {
      const tone = audio.createOscillator(), gain = audio.createGain(), at = audio.currentTime + index * 0.22;
      tone.frequency.value = frequency;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.2);
      tone.connect(gain).connect(audio.destination);
      tone.start(at); tone.stop(at + 0.21);
    });
  }
  function sound() {
    const state = document.getElementById('sound');
    if (!state) return;
    const isMuted = performance.now() < mutedUntil;
    set(state, !audio ? '没有打开' : isMuted ? '静音 ' + Math.ceil((mutedUntil - performance.now()) / 1000) + ' 秒' : '开');
    const time = performance.now();
    if (document.querySelector('tr.is-unack[data-level="red"], .sound-red') && time - lastTone.red >= 5000) {
      lastTone.red = time; play([988, 784, 988]);
    } else if (document.querySelector('tr.is-unack[data-level="orange"], .sound-orange') && time - lastTone.orange >= 15000) {
      lastTone.orange = time; play([784, 659]);
    }
  }
  function unlockSound() {
    if (!window.AudioContext) return;
    audio = audio || new AudioContext();
    audio.resume();
    sessionStorage.setItem('fengsui-sound', '1');
    const button = document.getElementById('start-watch');
    if (button) button.hidden = true;
    if (navigator.wakeLock) navigator.wakeLock.request('screen').catch(() => {});
    sound();
  }

  // ── keys and clicks ──
  function select(step) {
    const rows = all('tbody[data-rows] tr[data-href]');
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true');
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows.forEach((other) => other.removeAttribute('aria-selected'));
    row.setAttribute('aria-selected', 'true');
    row.scrollIntoView({ block: 'nearest' });
    history.replaceState(null, '', row.dataset.href);
    refreshSoon(120);
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { if (event.key === 'Escape') event.target.blur(); return; }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'j' || key === 'ArrowDown') { select(1); event.preventDefault(); return; }
    if (key === 'k' || key === 'ArrowUp') { select(-1); event.preventDefault(); return; }
    if (key === 'm' && document.getElementById('sound')) { mutedUntil = performance.now() + 120000; sound(); return; }
    if (key === '?') { const keys = document.getElementById('keys'); if (keys) keys.open = !keys.open; return; }
    if (key === 'Enter' && event.target !== body && event.target.closest('a,button')) return;
    const target = document.querySelector('[data-key="' + (key === '"' || key === '\\' ? '' : key) + '"]');
    if (!target) return;
    event.preventDefault();
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName)) target.focus(); else target.click();
  });
  document.addEventListener('click', (event) => {
    unlockIfWished();
    if (event.target.id === 'start-watch') { unlockSound(); return; }
    if (event.target.closest('a,button,input,label,select,textarea')) return;
    const row = event.target.closest('tr[data-href]');
    if (row) {
      all('tbody[data-rows] tr').forEach((other) => other.removeAttribute('aria-selected'));
      row.setAttribute('aria-selected', 'true');
      history.replaceState(null, '', row.dataset.href);
      refreshSoon(0);
    }
  });
  function unlockIfWished() { if (!audio && sessionStorage.getItem('fengsui-sound')) unlockSound(); }

  // ── forms: one submission, typed text survives a dropped link ──
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  document.addEventListener('input', (event) => {
    event.target.dataset.dirty = '1';
    const form = event.target.form;
    if (form && form.dataset.draft && event.target.name) localStorage.setItem('draft:' + form.dataset.draft + ':' + event.target.name, event.target.value);
  });
  all('form[data-draft]').forEach((form) => {
    all('textarea[name],input[type=text][name]', form).forEach((field) => {
      const kept = localStorage.getItem('draft:' + form.dataset.draft + ':' + field.name);
      if (kept && !field.value) field.value = kept;
    });
  });
  const done = body.dataset.done;
  if (done) Object.keys(localStorage).filter((key) => key.startsWith('draft:' + done)).forEach((key) => localStorage.removeItem(key));

  tick();
  setInterval(tick, 500);
  setInterval(sound, 1000);
  setInterval(() => { if (!document.hidden) refreshSoon(0); }, Number(body.dataset.refresh || 30) * 1000);
  listen();
})();
