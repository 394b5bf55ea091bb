/* Zoom and pan where the charts' library is there; the server's picture stays where it is not. */
(function () {
  'use strict';
  const box = document.getElementById('chart');
  if (!box || !window.Dygraph) return;
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  async function draw() {
    const answer = await fetch(box.dataset.values, { credentials: 'same-origin', headers: { 'X-Live': '1' } });
    if (!answer.ok) return;
    const values = await answer.json();
    if (values.length < 2) return;
    const limits = Array.from(box.querySelectorAll('.chart .lim, .chart .lim-hh'));
    if (!limits.length && !values.length) return;
    const button = document.createElement('button');
    button.className = 'btn btn-s'; button.type = 'button'; button.textContent = '放大细看';
    button.addEventListener('click', () => {
      box.removeAttribute('data-live');
      box.innerHTML = '<div class="dygraph-box"></div>';
      new window.Dygraph(box.firstChild, values.map((pair) => [new Date(pair[0]), pair[1]]), {
        labels: ['时刻', '值'], colors: [color('--curve')], strokeWidth: 2, connectSeparatedPoints: false,
        axisLineColor: color('--line-strong'), gridLineColor: color('--line'), showRangeSelector: true, legend: 'follow',
      });
    });
    if (!document.getElementById('chart-zoom')) { button.id = 'chart-zoom'; box.after(button); }
  }
  draw();
})();
