// Packs files into a tar (ustar) without reading them: a browser takes their content when it sends the tar.
const fleetTar = (() => {
  'use strict';

  const BLOCK = 512;
  const LONGEST_NAME = 100;
  const LONGEST_PREFIX = 155;
  const encoder = new TextEncoder();

  const bytes = (text) => encoder.encode(text).length;

  // The path in two: the header has a field for the last part, and one for what is before it.
  function split(path) {
    if (bytes(path) <= LONGEST_NAME) {
      return ['', path];
    }
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
      const parts = [path.slice(0, at), path.slice(at + 1)];
      if (bytes(parts[0]) <= LONGEST_PREFIX && bytes(parts[1]) <= LONGEST_NAME && parts[1]) {
        return parts;
      }
    }
    throw new Error('The path ' + path + ' is too long. Pack the files with tar or zip, and drop the archive.');
  }

  function header(path, file) {
    const [prefix, name] = split(path);
    const block = new Uint8Array(BLOCK);
    const put = (at, text) => block.set(encoder.encode(text), at);
    const octal = (at, digits, number) => put(at, Math.floor(number).toString(8).padStart(digits, '0'));
    put(0, name);
    octal(100, 7, 0o644);
    octal(108, 7, 0);
    octal(116, 7, 0);
    octal(124, 11, file.size);
    octal(136, 11, Math.max(0, file.lastModified / 1000));
    put(148, '        ');
    put(156, '0');
    put(257, 'ustar\u000000');
    put(345, prefix);
    octal(148, 6, block.reduce((sum, one) => sum + one, 0));
    block[154] = 0;
    return block;
  }

  // entries: {path, file}
  return (entries) => {
    const parts = [];
    for (const { path, file } of entries) {
      parts.push(header(path, file), file, new Uint8Array((BLOCK - file.size % BLOCK) % BLOCK));
    }
    parts.push(new Uint8Array(2 * BLOCK));
    return new Blob(parts, { type: 'application/x-tar' });
  };
})();
