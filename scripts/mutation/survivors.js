'use strict';
// Writes the page of surviving mutants from the report of a complete run.
const fs = require('node:fs');
const path = require('node:path');

const LONGEST = 90;
const LIVES = new Set(['Survived', 'NoCoverage']);
const DIES = new Set(['Killed', 'Timeout']);

/** What a change of each kind leaves alone, when no test notices it. */
const KINDS = {
  OptionalChaining:
    'An access that is careful where the caller has looked already, or where the API server always sends the field.',
  ArrayDeclaration:
    'A default for a list that is absent, with an entry of a shape that what reads it passes over.',
  ObjectLiteral:
    'An option or a default whose fields are read only where something else is there as well.',
  StringLiteral:
    'Words that no table compares letter by letter, the empty text before a search that then finds nothing, or a name that appears in nothing but display.',
  Regex:
    'A looser or stricter pattern that tells the same of every name the tables hold.',
  ConditionalExpression:
    'A guard beside another that decides the same, or a short cut to what the long way also says.',
  LogicalOperator:
    'Two conditions that come together in every table: a case with one and not the other is missing.',
  EqualityOperator:
    'A bound that no measured figure meets exactly, or a comparison with `undefined`, which is false either way.',
  MethodExpression:
    'The first instead of the last, all instead of some, not sorted: one element, or an order that is settled elsewhere.',
  BlockStatement:
    'A memory of what was worked out before, or an early end with the same result as the late one.',
  BooleanLiteral:
    'A flag of evidence (public or not) or a start value that is overwritten.',
  ArrowFunction:
    'A selection that selects all there is: a case with something to leave out is missing.',
  CallExpression: 'A memory that is not filled: slower, with the same result.',
  UpdateOperator: 'A counter of which only zero or not zero is asked.',
  ArithmeticOperator:
    'A figure of which only the order counts, or one that words round.',
  AssignmentOperator:
    'A sum of which only the order counts, or one that words round.',
  UnaryOperator: 'A place from the end in a list that has one.',
};

function quoted(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  const short =
    line.length > LONGEST ? `${line.slice(0, LONGEST - 2)} …` : line;
  return short === '' ? 'nothing' : `\`\` ${short} \`\``;
}

function originalOf(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

function entry(source, mutant) {
  const { mutatorName, location, replacement = '', status } = mutant;
  const untested = status === 'NoCoverage' ? '; no test comes here' : '';
  return `- ${location.start.line}, ${mutatorName}${untested}: ${quoted(
    originalOf(source, location),
  )} made ${quoted(replacement)}`;
}

function percent(noticed, all) {
  return `${all === 0 ? 100 : Math.floor((1000 * noticed) / all) / 10} %`;
}

/** The page, of a report by the schema of mutation-testing-elements. */
function survivorsPage(report) {
  const files = Object.entries(report.files)
    .map(([file, { source, mutants }]) => ({
      file: path.relative('src', file),
      source,
      noticed: mutants.filter(({ status }) => DIES.has(status)).length,
      alive: mutants
        .filter(({ status }) => LIVES.has(status))
        .sort((a, b) => a.location.start.line - b.location.start.line),
    }))
    .sort((a, b) => a.file.localeCompare(b.file));
  const noticed = files.reduce((sum, file) => sum + file.noticed, 0);
  const alive = files.flatMap(file => file.alive);
  const counts = new Map();
  for (const { mutatorName } of alive) {
    counts.set(mutatorName, (counts.get(mutatorName) ?? 0) + 1);
  }
  const kinds = [...counts].sort(([, a], [, b]) => b - a);
  return [
    '# Surviving mutants',
    '',
    `Written by a complete run of \`npm run mutate\`; [what that is](mutation.md). Of ${
      noticed + alive.length
    } changes ${noticed} were noticed (${percent(
      noticed,
      noticed + alive.length,
    )}), and ${alive.length} survived: each is listed here with its line.`,
    '',
    '## What survives, by kind',
    '',
    ...kinds.map(
      ([kind, count]) =>
        `- **${kind}** (${count}): ${KINDS[kind] ?? 'A case is missing.'}`,
    ),
    '',
    ...files
      .filter(file => file.alive.length > 0)
      .flatMap(file => [
        `## ${file.file}: ${percent(
          file.noticed,
          file.noticed + file.alive.length,
        )}`,
        '',
        ...file.alive.map(mutant => entry(file.source, mutant)),
        '',
      ]),
  ].join('\n');
}

function writeSurvivors(reportFile, page) {
  const report = JSON.parse(fs.readFileSync(reportFile, 'utf8'));
  fs.writeFileSync(page, survivorsPage(report));
}

module.exports = { writeSurvivors };
