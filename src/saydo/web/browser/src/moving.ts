// A plain drawing of a large network while its day moves: lines and dots, drawn in two calls, whatever the machine.
// The full drawing, with labels and widths, stands again as soon as the day does.

/** Which lines are drawn, as pairs of ends; gives how many numbers of `into` are filled. */
export function linesOf(ends: readonly (readonly [number, number])[], shown: Uint8Array, into: Uint32Array): number {
  let at = 0;
  for (let n = 0; n < ends.length; n += 1) {
    const pair = ends[n];
    if (!shown[n] || !pair) continue;
    into[at] = 2 * n;
    into[at + 1] = 2 * n + 1;
    at += 2;
  }
  return at;
}

/** Which dots are drawn: the ends of what is drawn. */
export function dotsOf(degree: Int32Array, into: Uint32Array): number {
  let at = 0;
  for (let n = 0; n < degree.length; n += 1) if ((degree[n] ?? 0) > 0) into[at++] = n;
  return at;
}

/** A picture later than this after the one before is slow, in milliseconds; one much later was not asked for. */
const SLOW = 28, PAUSE = 400;
/** So many slow pictures one behind the other halve the number of pixels each way, down to one for two. */
const PATIENCE = 3, COARSEST = 0.5;

/** How many pixels of the drawing make one of the page: fewer where pictures come slowly. */
export class Sharpness {
  #slow = 0;
  #last = -Infinity;

  constructor(public value: number) {}

  /** A picture is drawn at a time, in milliseconds; says whether the value has changed. */
  drawn(at: number): boolean {
    const gap = at - this.#last;
    this.#last = at;
    if (gap > PAUSE) return false;
    this.#slow = gap > SLOW ? this.#slow + 1 : 0;
    if (this.#slow < PATIENCE || this.value <= COARSEST) return false;
    this.#slow = 0;
    this.value = Math.max(COARSEST, this.value / 2);
    return true;
  }
}

const POINT = `#version 300 es
in vec2 place; in vec3 tint; in float size; uniform vec2 half_; uniform float scale; out vec3 paint;
void main() { gl_Position = vec4(place.x / half_.x - 1.0, 1.0 - place.y / half_.y, 0.0, 1.0); gl_PointSize = size * scale; paint = tint; }`;
const PAINT = `#version 300 es
precision mediump float; in vec3 paint; uniform float strength; uniform bool round_; out vec4 colour;
void main() {
  if (round_) { vec2 from = gl_PointCoord - 0.5; if (dot(from, from) > 0.25) discard; }
  colour = vec4(paint * strength, strength);
}`;

type Part = { array: WebGLVertexArrayObject; indices: Uint32Array; indexed: WebGLBuffer };

function tints(colours: readonly string[]): Float32Array {
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = new Map<string, readonly [number, number, number]>();
  const made = new Float32Array(3 * colours.length);
  colours.forEach((colour, n) => {
    let tint = known.get(colour);
    if (!tint && brush) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
      tint = [red / 255, green / 255, blue / 255];
      known.set(colour, tint);
    }
    made.set(tint ?? [0.5, 0.5, 0.5], 3 * n);
  });
  return made;
}

export class Moving {
  readonly #canvas = document.createElement("canvas");
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #stage: HTMLElement;
  readonly #ends: readonly (readonly [number, number])[];
  readonly #lines: Part;
  readonly #dots: Part;
  readonly #sharpness = new Sharpness(window.devicePixelRatio || 1);
  readonly #linePlaces: WebGLBuffer;
  readonly #dotPlaces: WebGLBuffer;

  /** Colours are one for each tie; sizes in pixels of the screen, one for each actor. */
  constructor(stage: HTMLElement, ends: readonly (readonly [number, number])[], colours: readonly string[], sizes: readonly number[], ink: string) {
    const gl = this.#canvas.getContext("webgl2", { antialias: false, depth: false });
    if (!gl) throw new Error("no WebGL 2");
    this.#gl = gl;
    this.#stage = stage;
    this.#ends = ends;
    this.#canvas.className = "moving";
    this.#canvas.hidden = true;
    stage.append(this.#canvas);
    const program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, POINT], [gl.FRAGMENT_SHADER, PAINT]] as const) {
      const shader = gl.createShader(kind);
      if (!shader) throw new Error("no shader");
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    this.#program = program;
    this.#linePlaces = gl.createBuffer();
    this.#dotPlaces = gl.createBuffer();
    this.#lines = this.#part(this.#linePlaces, tints(colours.flatMap((colour) => [colour, colour])), null, 2 * ends.length);
    const dots = Float32Array.from(sizes, (size) => 2 * size);
    this.#dots = this.#part(this.#dotPlaces, tints(sizes.map(() => ink)), dots, sizes.length);
  }

  #part(places: WebGLBuffer, tint: Float32Array, size: Float32Array | null, count: number): Part {
    const gl = this.#gl;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const give = (name: string, buffer: WebGLBuffer, numbers: number, values: Float32Array | null): void => {
      const where = gl.getAttribLocation(this.#program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      if (values) gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(where);
      gl.vertexAttribPointer(where, numbers, gl.FLOAT, false, 0, 0);
    };
    give("place", places, 2, null);
    give("tint", gl.createBuffer(), 3, tint);
    if (size) give("size", gl.createBuffer(), 1, size);
    const indexed = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indexed);
    gl.bindVertexArray(null);
    return { array, indexed, indices: new Uint32Array(count) };
  }

  /** Whether the plain drawing is the one that is seen. */
  get seen(): boolean {
    return !this.#canvas.hidden;
  }

  /** Takes over from the full drawing: `places` are where the actors stand in it, x and y in pixels. */
  begin(places: Float32Array): void {
    const gl = this.#gl;
    const ends = new Float32Array(4 * this.#ends.length);
    this.#ends.forEach(([one, other], n) => {
      ends[4 * n] = places[2 * one] ?? 0;
      ends[4 * n + 1] = places[2 * one + 1] ?? 0;
      ends[4 * n + 2] = places[2 * other] ?? 0;
      ends[4 * n + 3] = places[2 * other + 1] ?? 0;
    });
    for (const [buffer, values] of [[this.#linePlaces, ends], [this.#dotPlaces, places]] as const) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    }
    gl.useProgram(this.#program);
    this.#fit();
    this.#canvas.hidden = false;
    this.#stage.classList.add("moves");
  }

  #fit(): void {
    const gl = this.#gl;
    const { clientWidth: width, clientHeight: height } = this.#stage;
    this.#canvas.width = Math.round(width * this.#sharpness.value);
    this.#canvas.height = Math.round(height * this.#sharpness.value);
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    gl.uniform2f(gl.getUniformLocation(this.#program, "half_"), width / 2, height / 2);
    gl.uniform1f(gl.getUniformLocation(this.#program, "scale"), this.#sharpness.value);
  }

  /** Draws what is there. */
  draw(shown: Uint8Array, degree: Int32Array): void {
    const gl = this.#gl;
    if (this.#sharpness.drawn(performance.now())) this.#fit();
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#put(this.#lines, linesOf(this.#ends, shown, this.#lines.indices), gl.LINES, 0.75);
    this.#put(this.#dots, dotsOf(degree, this.#dots.indices), gl.POINTS, 1);
  }

  #put(part: Part, count: number, mode: number, strength: number): void {
    const gl = this.#gl;
    gl.uniform1f(gl.getUniformLocation(this.#program, "strength"), strength);
    gl.uniform1i(gl.getUniformLocation(this.#program, "round_"), mode === gl.POINTS ? 1 : 0);
    gl.bindVertexArray(part.array);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, part.indices.subarray(0, count), gl.STREAM_DRAW);
    gl.drawElements(mode, count, gl.UNSIGNED_INT, 0);
  }

  /** Gives the place back to the full drawing. */
  end(): void {
    this.#canvas.hidden = true;
    this.#stage.classList.remove("moves");
  }
}
