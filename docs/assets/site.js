// Draws the figures of a page, each when it comes into view. Plotly's script stands before this one.
const drawn = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    drawn.unobserve(target);
    const { data, layout } = JSON.parse(target.dataset.figure);
    Plotly.newPlot(target, data, layout, { responsive: true, displayModeBar: false });
  }
}, { rootMargin: "400px" });
document.querySelectorAll(".plotly-figure").forEach((place) => drawn.observe(place));
