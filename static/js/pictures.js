// Draws each picture from the JSON beside its table; a click on a mark follows the link of its number there.
(() => {
  const { Chart } = window;
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language);
  const whole = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const charts = new Map(); // {section: its chart}
  const POINTS = ["circle", "rect", "triangle", "rectRot", "crossRot", "star", "rectRounded", "cross"];
  const NAME_LENGTH = 18;
  const ROOM_FOR_NAMES = 140; // Pixels beside the matrix.

  const short = (name) => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name);
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

  // Colours stand in the style sheet: as they are now, light or dark, of an element that has them.
  const colours = (section) => {
    const probe = document.createElement("i");
    section.append(probe);
    const colour = (name) => {
      probe.className = `colour ${name}`;
      return getComputedStyle(probe).color;
    };
    const found = { ink: colour("of-ink"), soft: colour("of-soft"), line: colour("of-line"), paper: colour("of-paper"), hues: [] };
    for (let hue = 0; hue <= 8; hue += 1) found.hues.push(colour(`hue-${hue}`));
    probe.remove();
    return found;
  };
  const faint = (colour, share) => colour.replace(/^rgba?\((.*?)\)$/, (_, parts) => `rgba(${parts.split(",").slice(0, 3)}, ${share})`);

  // At the end of each line its name, pushed apart where they would lie over each other.
  const names = {
    id: "names",
    afterDatasetsDraw(chart, _, { soft, on }) {
      if (!on) return;
      const { ctx, chartArea } = chart;
      const ends = chart.data.datasets
        .map((set, index) => ({ label: short(set.label), colour: set.borderColor, y: chart.getDatasetMeta(index).data.at(-1)?.y ?? 0 }))
        .sort((one, other) => one.y - other.y);
      ends.forEach((end, index) => {
        end.at = Math.max(end.y, index ? ends[index - 1].at + 15 : chartArea.top + 6);
      });
      for (let index = ends.length - 1, most = chartArea.bottom; index >= 0; index -= 1, most -= 15) ends[index].at = Math.min(ends[index].at, most);
      ctx.save();
      ctx.font = `500 12px ${Chart.defaults.font.family}`;
      ctx.textBaseline = "middle";
      for (const { label, colour, y, at } of ends) {
        ctx.strokeStyle = colour;
        ctx.beginPath();
        ctx.moveTo(chartArea.right + 5, y);
        ctx.lineTo(chartArea.right + 14, at);
        ctx.stroke();
        ctx.fillStyle = colour;
        ctx.fillText(label, chartArea.right + 18, at);
      }
      ctx.restore();
    },
  };

  // In each field of the matrix its number.
  const numbers = {
    id: "numbers",
    afterDatasetsDraw(chart, _, { ink, on }) {
      if (!on) return;
      const { ctx } = chart;
      ctx.save();
      ctx.font = `12px ${Chart.defaults.font.family}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = ink;
      chart.getDatasetMeta(0).data.forEach((field, index) => {
        const { v } = chart.data.datasets[0].data[index];
        const middle = field.getCenterPoint();
        if (v && field.width > 22) ctx.fillText(number.format(v), middle.x, middle.y);
      });
      ctx.restore();
    },
  };

  const follow = (section, row, column) => {
    const cell = section.querySelector("table.numbers").tBodies[0].rows[row].cells[column + 1];
    const link = cell.querySelector("a");
    if (link) window.location.assign(link.href);
  };

  const common = (section, { about }, { ink, soft, paper }) => ({
    animation: false,
    maintainAspectRatio: false,
    onHover: ({ native }, found) => {
      native.target.style.cursor = found.length ? "pointer" : "";
    },
    plugins: {
      legend: { display: false },
      names: { on: false },
      numbers: { on: false },
      tooltip: {
        backgroundColor: ink,
        titleColor: paper,
        bodyColor: paper,
        padding: 10,
        cornerRadius: 8,
        boxPadding: 5,
        titleFont: { weight: 600 },
        callbacks: { label: ({ dataset, raw }) => ` ${dataset.label}: ${about ? "≈ " : ""}${number.format(raw)}` },
      },
    },
    font: { color: soft },
  });

  const scale = ({ soft, line }, options) => ({
    border: { display: false },
    grid: { color: line, drawTicks: false },
    ...options,
    ticks: { color: soft, padding: 8, font: { size: 12 }, ...options.ticks },
  });

  const bars = (section, data, palette) => {
    const totals = data.rows.map((_, row) => sum(data.columns.map(({ numbers: all }) => all[row])));
    const options = common(section, data, palette);
    const names = scale(palette, { stacked: true, grid: { display: false }, ticks: { autoSkip: !data.horizontal, maxRotation: 0, autoSkipPadding: 14 } });
    if (data.horizontal) names.ticks.callback = (_, row) => short(data.rows[row]);
    const values = scale(palette, { stacked: true, beginAtZero: true, ticks: { maxTicksLimit: 6, precision: data.share ? undefined : 0, callback: (value) => (data.share ? whole.format(value) : number.format(value)) } });
    if (data.share) {
      values.max = 1;
      options.plugins.tooltip.callbacks.label = ({ dataset, raw, dataIndex }) =>
        ` ${dataset.label}: ${whole.format(raw)} (${data.about ? "≈ " : ""}${number.format(Math.round(raw * totals[dataIndex]))})`;
    }
    options.indexAxis = data.horizontal ? "y" : "x";
    options.scales = data.horizontal ? { x: values, y: names } : { x: names, y: values };
    options.onClick = (_, [mark]) => mark && follow(section, mark.index, data.columns[mark.datasetIndex].place);
    return {
      type: "bar",
      data: {
        labels: data.rows,
        datasets: data.columns.map(({ label, hue, numbers: all }) => ({
          label,
          data: data.share ? all.map((one, row) => (totals[row] ? one / totals[row] : 0)) : all,
          backgroundColor: palette.hues[hue],
          hoverBackgroundColor: palette.hues[hue],
          hoverBorderColor: palette.ink,
          hoverBorderWidth: 2,
          borderColor: palette.paper,
          borderWidth: data.horizontal ? { right: 1 } : { top: 1 },
          borderSkipped: false,
          maxBarThickness: data.horizontal ? 20 : 96,
          categoryPercentage: data.rows.length > 40 ? 0.96 : 0.86,
          barPercentage: 0.96,
        })),
      },
      options,
    };
  };

  const lines = (section, data, palette) => {
    const options = common(section, data, palette);
    const isWide = section.clientWidth > 620;
    section.classList.toggle("names-itself", isWide);
    options.interaction = { mode: "nearest", intersect: true };
    options.plugins.names = { on: isWide, soft: palette.soft };
    options.layout = { padding: { right: isWide ? 150 : 6, top: 6 } };
    options.scales = {
      x: scale(palette, { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 18 } }),
      y: scale(palette, { beginAtZero: true, ticks: { maxTicksLimit: 6, precision: 0, callback: (value) => number.format(value) } }),
    };
    options.onClick = (_, [mark]) => mark && follow(section, mark.index, data.columns[mark.datasetIndex].place);
    // The line in hand stands out from the others.
    const pointed = options.onHover;
    options.onHover = (event, found, chart) => {
      pointed(event, found);
      const inHand = found[0]?.datasetIndex;
      if (chart.inHand === inHand) return;
      chart.inHand = inHand;
      chart.data.datasets.forEach((set, index) => {
        set.borderColor = inHand === undefined || inHand === index ? set.backgroundColor : faint(set.backgroundColor, 0.2);
      });
      chart.update();
    };
    return {
      type: "line",
      data: {
        labels: data.rows,
        datasets: data.columns.map(({ label, hue, numbers: all }, index) => ({
          label,
          data: all,
          borderColor: palette.hues[hue],
          backgroundColor: palette.hues[hue],
          borderWidth: 2,
          pointStyle: POINTS[index % POINTS.length],
          pointRadius: data.rows.length > 18 ? 0 : 4,
          pointHoverRadius: 6,
          pointHitRadius: 9,
        })),
      },
      options,
    };
  };

  // Names in the middle over their columns: word by word on lines where these are wide enough, else upright.
  const overColumns = (section, rows) => {
    const longest = Math.max(...rows.flatMap((row) => short(row).split(" ")).map((word) => word.length));
    const room = (section.clientWidth - ROOM_FOR_NAMES) / rows.length;
    if (longest * 7.5 < room) return { maxRotation: 0, callback: (_, at) => short(rows[at]).split(" ") };
    // The library sets what stands upright a line, of 1.2 times 12 pixels, beside the middle.
    return { minRotation: 90, maxRotation: 90, labelOffset: 14.4, callback: (_, at) => short(rows[at]) };
  };

  const matrix = (section, data, palette) => {
    const options = common(section, data, palette);
    const fields = data.columns.flatMap(({ label, place, numbers: all }) =>
      all.map((v, row) => ({ x: label, y: data.rows[row], v, row, place })).filter(({ v }) => v !== null));
    const most = Math.max(1, ...fields.map(({ v }) => v));
    const names = { type: "category", offset: true, grid: { display: false } };
    options.plugins.numbers = { on: true, ink: palette.ink };
    options.plugins.tooltip.displayColors = false;
    options.plugins.tooltip.callbacks = {
      title: ([{ raw }]) => `${raw.y} · ${raw.x}`,
      label: ({ raw }) => `${data.about ? "≈ " : ""}${data.counted[raw.v === 1 ? 0 : 1].replace("{number}", number.format(raw.v))}`,
    };
    options.scales = {
      x: scale(palette, { ...names, labels: data.rows, position: "top", ticks: { autoSkip: false, ...overColumns(section, data.rows) } }),
      y: scale(palette, { ...names, labels: data.rows, reverse: false, ticks: { autoSkip: false, callback: (_, at) => short(data.rows[at]) } }),
    };
    options.onClick = (_, [mark]) => mark && follow(section, fields[mark.index].row, fields[mark.index].place);
    const across = (chart) => (chart.chartArea ?? {}).width / data.rows.length - 3;
    const down = (chart) => (chart.chartArea ?? {}).height / data.rows.length - 3;
    return {
      type: "matrix",
      data: {
        datasets: [
          {
            label: "",
            data: fields,
            backgroundColor: ({ raw }) => (raw?.v ? faint(palette.hues[2], 0.12 + (0.6 * raw.v) / most) : faint(palette.line, 0.5)),
            hoverBorderColor: palette.ink,
            hoverBorderWidth: 2,
            borderWidth: 0,
            width: ({ chart }) => across(chart),
            height: ({ chart }) => down(chart),
          },
        ],
      },
      options,
    };
  };

  const FORMS = { bar: bars, line: lines, matrix };

  const height = ({ form, horizontal, rows }) => {
    if (form === "matrix") return 130 + rows.length * 34;
    return horizontal ? 44 + rows.length * 28 : 320;
  };

  const draw = (section) => {
    const data = JSON.parse(section.querySelector('script[type="application/json"]').textContent);
    const place = section.querySelector(".chart");
    place.hidden = false;
    place.style.height = `${height(data)}px`;
    charts.get(section)?.destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    charts.set(section, new Chart(place.querySelector("canvas"), { ...FORMS[data.form](section, data, colours(section)), plugins: [names, numbers] }));
  };

  const drawAll = () => {
    for (const [section, chart] of charts) if (!section.isConnected) chart.destroy() || charts.delete(section);
    document.querySelectorAll(".picture:has(.chart)").forEach(draw);
  };

  document.addEventListener("htmx:load", ({ target }) => {
    const found = [target, ...target.querySelectorAll(".picture")].filter((one) => one.matches(".picture:has(.chart)"));
    found.forEach(draw);
  });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)", "(max-width: 700px)"]) window.matchMedia(query).addEventListener("change", drawAll);

  // Paper is white: what is printed is drawn in the colours of the light scheme.
  const print = (isOnPaper) => {
    document.documentElement.classList.toggle("on-paper", isOnPaper);
    drawAll();
  };
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
})();
