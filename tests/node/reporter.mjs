// A reporter for node --test: TAP of the tests themselves, flat.  (Node's own nests, counts files and suites as
// tests, and differs from version to version.)
import { inspect } from 'node:util';

// A suite or file that failed only because a test in it did says nothing new.
const isContainer = ({ name, details }) =>
  details.type === 'suite' || /\.mjs$/.test(name) || details.error?.failureType === 'subtestsFailed';

const indented = (text) => text.replace(/^/gm, '#   ') + '\n';

export default async function* reporter(events) {
  let count = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield indented(data.message.trimEnd());
    if (type === 'test:diagnostic' || (type !== 'test:pass' && type !== 'test:fail')) continue;
    const failed = type === 'test:fail';
    if (isContainer(data) && !(failed && data.details.error?.failureType !== 'subtestsFailed')) continue;
    const skip = data.skip === undefined ? '' : ` # SKIP ${data.skip === true ? '' : data.skip}`;
    yield `${failed ? 'not ok' : 'ok'} ${++count} - ${data.name}${skip}\n`;
    if (failed) yield indented(inspect(data.details.error?.cause ?? data.details.error));
  }
  yield `1..${count}\n`;
}
