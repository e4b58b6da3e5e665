// Draws each <figure class="chart"> from the table it names, so that picture and table never differ.  What a column is stands in
// its heading's data-role; a cell's number in its data-value; a node's tier in its data-group.
//
//   bars     label, value ...           each further value is a series of its own
//   lines    x, value ...
//   scatter  x, y, size, label          map: the same, x and y being degrees east and north
//   graph    source, target, value      in columns by tier
//   sankey   source, target, value    flows: the same, but who sells on the left and who buys on the right
//   heat     x, y, value
import * as echarts from 'echarts/core';
import { BarChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([BarChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, AriaComponent, GridComponent, LegendComponent,
  LabelLayout, TooltipComponent, VisualMapComponent, CanvasRenderer]);

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const language = document.documentElement.lang;
const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const font = { fontFamily: 'Be Vietnam Pro, system-ui, sans-serif', fontSize: 12, color: colour('ink') };
const palette = ['act', 'spark', 'good', 'warn', 'edge', 'bad'].map(colour);
const clipped = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
// A label has room for what tells companies apart only; the form of the company stands in the table.
const brief = (name, most) => clipped(name.replace(/^(Công ty|Cty|CTCP|DNTN|HTX)( (TNHH|CP|Cổ phần))?( (MTV|một thành viên))? /i, '')
  .replace(/^Khu công nghiệp /, 'KCN ').replace(/^Cụm công nghiệp /, 'CCN ').replace(/ (Industrial (Park|Zone|Cluster))$/, ''), most);

// ---- the table

function readTable(table, most) {
  const headings = [...table.tHead.rows[0].cells];
  const columns = headings.map((cell) => ({ role: cell.dataset.role ?? '', label: cell.textContent.trim() }));
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.className !== 'sum').map((row) => [...row.cells].map((cell) => ({
    text: cell.textContent.trim().replace(/\s+/g, ' '),
    value: cell.dataset.value === undefined ? NaN : Number(cell.dataset.value),
    group: cell.dataset.group,
    url: cell.querySelector('a')?.href,
  })));
  const all = (role) => columns.flatMap((column, i) => (column.role === role ? [i] : []));
  const one = (role) => all(role)[0];
  return { columns, rows: rows.filter((row) => row.length === columns.length).slice(0, most), all, one };
}
const told = (data, row) => row.map((cell, i) => (cell.text ? `${data.columns[i].label}: ${clipped(cell.text, 60)}` : '')).filter(Boolean).join('\n');

// ---- kinds of chart: each gives the options that are its own

const axis = { axisLabel: font, nameTextStyle: font, splitLine: { lineStyle: { color: colour('line') } }, axisLine: { lineStyle: { color: colour('edge') } } };
const values = { type: 'value', ...axis, axisLabel: { ...font, formatter: (v) => short.format(v), hideOverlap: true } };

/** What is counted has no halves between its marks. */
const counted = (data) => (data.all('value').every((i) => data.rows.every((row) => Number.isInteger(row[i].value ?? 0))) ? { minInterval: 1 } : {});

function bars(data, width) {
  const label = data.one('label');
  const rows = [...data.rows].reverse();                                     // the first row stands on top
  return {
    height: Math.max(160, rows.length * (data.all('value').length > 1 ? 40 : 30) + 60),
    grid: { left: 8, right: 72, top: data.all('value').length > 1 ? 36 : 8, bottom: 8, containLabel: true },
    xAxis: { ...values, ...counted(data), show: data.all('value').length > 1 },
    yAxis: { type: 'category', ...axis, data: rows.map((row) => brief(row[label].text, 80)), axisTick: { show: false },
      axisLabel: { ...font, width: width < 480 ? 110 : 260, overflow: 'truncate' } },
    series: data.all('value').map((column, i) => ({
      type: 'bar', name: data.columns[column].label, barMaxWidth: 22, color: palette[i],
      label: { show: data.all('value').length === 1, position: 'right', ...font, formatter: (p) => p.data.row[column].text },
      data: rows.map((row) => ({ value: row[column].value, row })),
    })),
  };
}

function lines(data) {
  const x = data.one('x');
  return {
    height: 300, grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category', ...axis, data: data.rows.map((row) => row[x].text) }, yAxis: { ...values, ...counted(data) },
    series: data.all('value').map((column, i) => ({
      type: 'line', name: data.columns[column].label, color: palette[i], symbolSize: 7,
      data: data.rows.map((row) => ({ value: row[column].value, row })),
    })),
  };
}

function scatter(data, width, isMap) {
  const [x, y, size, label] = ['x', 'y', 'size', 'label'].map(data.one);
  const most = Math.max(...data.rows.map((row) => row[size]?.value || 0), 1e-9);
  const scale = { ...values, name: data.columns[x].label, nameLocation: 'middle', nameGap: 28, scale: true };
  const bare = isMap ? { axisLabel: { ...font, hideOverlap: true, formatter: (v) => `${+v.toFixed(3)}°` } } : {};
  return {
    height: isMap ? Math.min(560, width) : 380, grid: { left: 16, right: 24, top: 24, bottom: 24, containLabel: true },
    xAxis: { ...scale, ...bare }, yAxis: { ...scale, ...bare, name: data.columns[y].label, nameGap: 44 },
    series: [{
      type: 'scatter', itemStyle: { color: colour('spark'), opacity: 0.65, borderColor: colour('paper') },
      label: { show: true, position: 'right', ...font, formatter: (p) => brief(p.data.row[label].text, width < 480 ? 14 : 26) },
      labelLayout: { hideOverlap: true },
      symbolSize: (_, p) => 6 + Math.min(34, width / 20) * Math.sqrt((p.data.row[size]?.value || 0) / most),
      data: data.rows.filter((row) => Number.isFinite(row[x].value + row[y].value)).map((row) => ({ value: [row[x].value, row[y].value], row })),
    }],
  };
}

function heat(data, width) {
  const [x, y, value] = ['x', 'y', 'value'].map(data.one);
  const names = (column) => [...new Set(data.rows.map((row) => row[column].text))];
  const [across, down] = [names(x), names(y).reverse()];
  return {
    height: Math.max(220, down.length * 28 + 120), grid: { left: 8, right: 16, top: 8, bottom: 60, containLabel: true },
    xAxis: { type: 'category', ...axis, data: across, axisLabel: { ...font, rotate: 40, width: 120, overflow: 'truncate' } },
    yAxis: { type: 'category', ...axis, data: down, axisLabel: { ...font, width: width < 480 ? 90 : 220, overflow: 'truncate' } },
    visualMap: { min: 0, max: Math.max(...data.rows.map((row) => row[value].value)), orient: 'horizontal', left: 'center', bottom: 0,
      textStyle: font, inRange: { color: [colour('act-pale'), colour('act')] }, formatter: (v) => short.format(v) },
    series: [{ type: 'heatmap', data: data.rows.map((row) => ({ value: [row[x].text, row[y].text, row[value].value], row })) }],
  };
}

// The ends of all links, with the tier the table says they stand in.
function nodesOf(data, sided) {
  const [source, target, value] = ['source', 'target', 'value'].map(data.one);
  const nodes = new Map();
  const meet = (cell, size, side) => {
    const key = sided ? side + cell.text : cell.text;
    const node = nodes.get(key) ?? { name: key, text: cell.text, url: cell.url, tier: Number(cell.group ?? NaN), size: 0, near: [] };
    node.size += size || 0;
    return nodes.set(key, node).get(key);
  };
  const links = data.rows.map((row) => {
    const [from, to] = [meet(row[source], row[value].value, '<'), meet(row[target], row[value].value, '>')];
    from.near.push(to);
    to.near.push(from);
    return { source: from.name, target: to.name, value: row[value].value, row };
  });
  return { nodes: [...nodes.values()], links };
}

// Columns by tier, suppliers first; within a column by the mean place of the neighbours, so that few links cross.
function place(nodes) {
  const tiers = [...new Set(nodes.map((node) => node.tier))].sort((a, b) => b - a);
  const columns = tiers.map((tier) => nodes.filter((node) => node.tier === tier).sort((a, b) => b.size - a.size));
  const spread = (column) => column.forEach((node, i) => { node.at = (i + 1) / (column.length + 1); });
  columns.forEach(spread);
  for (let round = 0; round < 6; round++)
    for (const column of round % 2 ? columns : [...columns].reverse()) {
      for (const node of column) node.mean = node.near.reduce((sum, other) => sum + other.at, 0) / node.near.length;
      column.sort((a, b) => a.mean - b.mean);
      spread(column);
    }
  return columns;
}

function graph(data, width) {
  const { nodes, links } = nodesOf(data);
  const columns = place(nodes);
  const narrow = width < 600;
  const longest = Math.max(...columns.map((column) => column.length));
  const height = narrow ? Math.max(320, columns.length * 150) : Math.max(280, longest * 34);
  const most = Math.max(...nodes.map((node) => node.size), 1e-9);
  const heaviest = Math.max(...links.map((link) => link.value || 0), 1e-9);
  columns.forEach((column, i) => column.forEach((node) => {
    const across = (i + 0.5) / columns.length;
    [node.x, node.y] = narrow ? [node.at * width, across * height] : [across * width, node.at * height];
    node.value = node.url;
    node.symbolSize = 8 + 26 * Math.sqrt(node.size / most);
    node.itemStyle = { color: node.tier === 0 ? colour('spark') : colour('act') };
    node.label = { show: true, position: narrow ? 'bottom' : 'right', ...font,
      formatter: brief(node.text, narrow ? 14 : 26), textBorderColor: colour('paper'), textBorderWidth: 3 };
  }));
  return {
    height,
    series: [{
      type: 'graph', layout: 'none', left: 40, right: narrow ? 40 : 170, top: 28, bottom: 36, roam: 'move', edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 7,
      labelLayout: { hideOverlap: true }, emphasis: { focus: 'adjacency' },
      data: nodes.map(({ near, ...node }) => node),
      links: links.map((link) => ({ ...link, lineStyle: { width: 1 + 5 * Math.sqrt((link.value || 0) / heaviest), color: colour('edge'), opacity: 0.45, curveness: 0.12 } })),
    }],
  };
}

function sankey(data, width, sided) {
  const { nodes, links } = nodesOf(data, sided);
  const narrow = width < 600;
  return {
    height: Math.max(320, Math.min(900, nodes.length * 22)),
    series: [{
      type: 'sankey', left: 8, right: narrow ? 90 : 190, top: 12, bottom: 12, nodeGap: 10, nodeWidth: narrow ? 10 : 18, orient: 'horizontal', emphasis: { focus: 'adjacency' },
      label: { ...font, formatter: (p) => brief(p.data.text, narrow ? 12 : 28), position: 'right', textBorderColor: colour('paper'), textBorderWidth: 2 },
      labelLayout: { hideOverlap: true },
      lineStyle: { color: 'source', opacity: 0.35 }, color: palette,
      data: nodes.map(({ name, text, url }) => ({ name, text, url })), links,
    }],
  };
}

const kinds = { bars, lines, scatter, map: (data, width) => scatter(data, width, true), heat, graph, sankey, flows: (data, width) => sankey(data, width, true) };

// ---- drawing

function draw(figure) {
  const table = document.getElementById(figure.dataset.table);
  const data = readTable(table, figure.dataset.most);
  if (!data.rows.length) return;
  const canvas = document.createElement('div');
  canvas.className = 'chart-canvas';
  figure.querySelector('.chart-place').replaceChildren(canvas);
  figure.classList.add('is-drawn');
  const { height, ...options } = kinds[figure.dataset.chart](data, canvas.clientWidth);
  const several = options.series.length > 1;
  const chart = echarts.init(canvas, null, { height, renderer: 'canvas' });
  chart.setOption({
    textStyle: font, animation: false, aria: { enabled: false },
    legend: several ? { type: 'scroll', top: 0, textStyle: font } : undefined,
    tooltip: { renderMode: 'richText', confine: true, textStyle: font, formatter: (p) => (p.data?.row ? told(data, p.data.row) : p.data?.text ?? p.name) },
    ...options,
  });
  chart.on('click', ({ data: point }) => {
    const url = point.url ?? point.row?.find((cell) => cell.url)?.url;
    if (url) location.assign(url);
  });
  return chart;
}

const drawn = new Map();
function drawAgain(figure) {
  const width = figure.clientWidth;
  if (!width || drawn.get(figure)?.width === width) return;
  drawn.get(figure)?.chart?.dispose();
  drawn.set(figure, { width, chart: draw(figure) });
}
const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => drawAgain(target)));
document.fonts.ready.then(() => document.querySelectorAll('figure.chart').forEach((figure) => watch.observe(figure)));
