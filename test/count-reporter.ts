import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** A title that the runner has cut, or that shows a value instead of saying what it is. */
const unread = /…(?:'|\(\d|$)|\[object |\[Function|(?:^|[>:(] ?)\{ \w+: .*\}\)?$|\bundefined\b/

/** Prints the count of tests on a line of its own, last, and fails a run whose titles nobody can read. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((one) => one.result().state === state).length
    // A file that could not be loaded, a hook that failed or an error outside of any test has no test of its own to fail.
    const silent = modules.filter(
      (module) => module.state() === 'failed' && ![...module.children.allTests('failed')].length,
    )
    const titles = tests.filter(({ fullName }) => unread.test(fullName))
    if (titles.length > 0) process.exitCode = 1
    for (const one of titles) process.stdout.write(`no title to read: ${placeOf(one)}\n`)
    const broken = errors.length + silent.length + titles.length
    process.stdout.write(
      `\n${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped\n`,
    )
  }
}

function placeOf({ module, fullName }: TestCase): string {
  return `${module.relativeModuleId}: ${fullName}`
}
