// Lays a network out away from the page's own thread, always the same way for the same network.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Asked { nodes: number; edges: Uint32Array; rounds: number }
export interface Laid { places: Float32Array; done: boolean }

self.onmessage = (event: MessageEvent<Asked>): void => {
  const { nodes, edges, rounds } = event.data;
  const graph = new Graph({ multi: true });
  for (let n = 0; n < nodes; n += 1) {
    // a sunflower: even, and no two in one place
    const angle = n * 2.399963;
    graph.addNode(String(n), { x: Math.sqrt(n) * Math.cos(angle), y: Math.sqrt(n) * Math.sin(angle) });
  }
  for (let n = 0; n + 1 < edges.length; n += 2) graph.addEdge(String(edges[n]), String(edges[n + 1]));
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: nodes > 400, linLogMode: true, gravity: 1 };
  const part = nodes > 1000 ? 10 : 50;
  for (let done = 0; done < rounds; done += part) {
    forceAtlas2.assign(graph, { iterations: part, settings });
    const places = new Float32Array(nodes * 2);
    graph.forEachNode((id, at) => {
      places[2 * Number(id)] = at.x as number;
      places[2 * Number(id) + 1] = at.y as number;
    });
    const laid: Laid = { places, done: done + part >= rounds };
    self.postMessage(laid, { transfer: [places.buffer] });
  }
};
