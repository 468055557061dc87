// Which layer of a network, and in which direction it reads; shown only where there is more than one.
import { choice } from "./choice.js";

export function buildLayerChoice(set) {
  const { root, update } = choice("Layer", (value) => {
    const [index, direction] = value.split(" ");
    set({ layer: Number(index), direction });
  });
  return {
    root,
    update({ layers, layer }) {
      update(layers, layer);
      root.hidden = layers.length < 2;
    },
  };
}
