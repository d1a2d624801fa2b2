// Unpacks the program as it arrives. Servers compress with gzip, if at all; LZMA (the format .lzma, as `xz --format=lzma`
// writes it) takes a fifth less for what the program is made of.
//
// A packed file is a row of decisions between 0 and 1, each written in as few bits as it was likely. How likely a decision
// is, both sides learn from those before it: `odds` holds the chance of a 0 for each kind of decision, in 2048ths.

(() => {
  // Where in `odds` the kinds of decisions begin.
  const IS_MATCH = 0;
  const IS_REPEATED = 192;
  const IS_NEWEST = 204;
  const IS_ONE_BYTE = 216;
  const IS_SECOND = 408;
  const IS_THIRD = 420;
  const SLOTS = 432;
  const DISTANCES = 688;
  const LOW_BITS = 816;
  const LENGTHS = 832;
  const REPEATED_LENGTHS = 1346;
  const LITERALS = 1860;

  // Where in `coder` its two numbers are: how wide the range is in which the file's number lies, and where in it.
  const RANGE = 0;
  const CODE = 1;

  const HEADER = 13;
  // No step of the decoder takes more bytes than this.
  const STEP = 20;

  // Answers what is packed in `answer`, the response of a server, unpacked while it comes. Who reads it learns no more of a
  // failure than that it could not read on; `fail`, if there is one, learns why. For pages and service workers, which have
  // different ways to import.
  globalThis.unpacked = (answer, fail) => {
    const reader = answer.body.getReader();
    const unpacker = new Unpacker();
    async function pull(controller) {
      try {
        // It is not asked again before there is something.
        for (let fresh = []; !fresh.length; ) {
          const { done, value } = await reader.read();
          fresh = unpacker.take(done ? new Uint8Array() : value, done);
          if (fresh.length) controller.enqueue(fresh);
          if (done) return controller.close();
        }
      } catch (error) {
        fail?.(error);
        controller.error(error);
      }
    }
    return new Response(new ReadableStream({ pull }), { headers: { "content-type": "application/wasm" } });
  };

  // Unpacks a file that comes in pieces.
  class Unpacker {
    // What has come and is not used up yet.
    #waiting = new Uint8Array();
    #decoder = null;

    // Takes the next piece; `last` says that none follows. Answers what can be unpacked by now.
    take(piece, last) {
      const bytes = new Uint8Array(this.#waiting.length + piece.length);
      bytes.set(this.#waiting);
      bytes.set(piece, this.#waiting.length);
      let used = 0;
      if (!this.#decoder && bytes.length >= HEADER + 5) {
        this.#decoder = decoder(new DataView(bytes.buffer));
        used = HEADER + 5;
      }
      const step = this.#decoder?.(bytes, used, last ? bytes.length : bytes.length - STEP);
      this.#waiting = bytes.subarray(step?.used ?? used);
      if (last && !step?.isWhole) throw new Error("the program is cut off");
      return step?.fresh ?? new Uint8Array();
    }
  }

  // What unpacks a file that begins with `head`, whose first five bytes behind the header are the first of the decisions.
  function decoder(head) {
    // What some server sends in place of the program, a page of its own say, has no zeros there.
    if (head.getUint32(9, true)) throw new Error("the program is not packed as it should be");
    const properties = head.getUint8(0);
    const literalContext = properties % 9;
    const literalPlace = Math.floor(properties / 9) % 5;
    const placeMask = (1 << Math.floor(properties / 45)) - 1;
    const output = new Uint8Array(head.getUint32(5, true));
    const odds = new Uint16Array(LITERALS + (0x300 << (literalContext + literalPlace))).fill(1024);
    let input, at;
    // Not two variables: numbers of 32 bits are kept on the heap then, and there are millions of them.
    const coder = new Uint32Array([0xffffffff, head.getUint32(HEADER + 1)]);
    let written = 0;
    // What the last few steps were, as far as it tells what comes next; and the last four distances.
    let state = 0;
    let [newest, second, third, fourth] = [0, 0, 0, 0];

    function widen() {
      if (coder[RANGE] < 0x1000000) {
        coder[RANGE] <<= 8;
        coder[CODE] = (coder[CODE] << 8) | input[at++];
      }
    }

    function decide(kind) {
      const chance = odds[kind];
      const bound = Math.imul(coder[RANGE] >>> 11, chance) >>> 0;
      if (coder[CODE] < bound) {
        coder[RANGE] = bound;
        odds[kind] = chance + ((2048 - chance) >>> 5);
        widen();
        return 0;
      }
      coder[RANGE] -= bound;
      coder[CODE] -= bound;
      odds[kind] = chance - (chance >>> 5);
      widen();
      return 1;
    }

    // Decisions of which each chooses what the next one is about, from `node` on until that is `end` or more.
    function descend(kind, node, end) {
      while (node < end) node = (node << 1) | decide(kind + node);
      return node;
    }

    // A number of so many bits, the highest first.
    function number(kind, bits) {
      return descend(kind, 1, 1 << bits) - (1 << bits);
    }

    // The same, the lowest first.
    function reversed(kind, bits) {
      let found = 0;
      for (let bit = 0, node = 1; bit < bits; bit += 1) {
        const decision = decide(kind + node);
        node = (node << 1) | decision;
        found |= decision << bit;
      }
      return found;
    }

    // Bits that are 0 as often as 1.
    function even(bits) {
      let found = 0;
      for (let bit = 0; bit < bits; bit += 1) {
        coder[RANGE] >>>= 1;
        const decision = coder[CODE] < coder[RANGE] ? 0 : 1;
        if (decision) coder[CODE] -= coder[RANGE];
        widen();
        found = (found << 1) | decision;
      }
      return found;
    }

    function literal() {
      const before = written ? output[written - 1] : 0;
      const place = written & ((1 << literalPlace) - 1);
      const kind = LITERALS + 0x300 * ((place << literalContext) + (before >>> (8 - literalContext)));
      let byte = 1;
      if (state >= 7) {
        // After a match: compared with the byte that would have gone on with it, up to where they differ.
        let expected = output[written - newest - 1];
        while (byte < 0x100) {
          const bit = (expected >>> 7) & 1;
          expected <<= 1;
          const decision = decide(kind + ((1 + bit) << 8) + byte);
          byte = (byte << 1) | decision;
          if (bit !== decision) break;
        }
      }
      output[written++] = descend(kind, byte, 0x100);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    function lengthOf(kind, place) {
      if (!decide(kind)) return 2 + number(kind + 2 + (place << 3), 3);
      if (!decide(kind + 1)) return 10 + number(kind + 130 + (place << 3), 3);
      return 18 + number(kind + 258, 8);
    }

    function distanceFor(length) {
      const slot = number(SLOTS + (Math.min(length - 2, 3) << 6), 6);
      if (slot < 4) return slot;
      const bits = (slot >>> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      if (slot < 14) return base + reversed(DISTANCES + base - slot, bits);
      return base + (even(bits - 4) << 4) + reversed(LOW_BITS, 4);
    }

    // One of the last four distances becomes the newest.
    function chooseDistance() {
      let distance = second;
      if (decide(IS_SECOND + state)) {
        distance = third;
        if (decide(IS_THIRD + state)) {
          distance = fourth;
          fourth = third;
        }
        third = second;
      }
      second = newest;
      newest = distance;
    }

    function match(place) {
      let length;
      if (!decide(IS_REPEATED + state)) {
        [fourth, third, second] = [third, second, newest];
        length = lengthOf(LENGTHS, place);
        newest = distanceFor(length);
        state = state < 7 ? 7 : 10;
      } else {
        if (decide(IS_NEWEST + state)) {
          chooseDistance();
        } else if (!decide(IS_ONE_BYTE + (state << 4) + place)) {
          output[written] = output[written - newest - 1];
          written += 1;
          state = state < 7 ? 9 : 11;
          return;
        }
        length = lengthOf(REPEATED_LENGTHS, place);
        state = state < 7 ? 8 : 11;
      }
      for (const end = written + length; written < end; written += 1) output[written] = output[written - newest - 1];
    }

    return (bytes, used, limit) => {
      const begun = written;
      input = bytes;
      at = used;
      while (at <= limit && written < output.length) {
        const place = written & placeMask;
        if (decide(IS_MATCH + (state << 4) + place)) match(place);
        else literal();
      }
      return { used: at, fresh: output.slice(begun, written), isWhole: written === output.length && at <= bytes.length };
    };
  }
})();
