import type { Reporter, TestModule } from 'vitest/node'

/** Prints the count of tests on a line of its own, last: readable by people and by whatever runs the tests. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()]).map((test) => test.result().state)
    const count = (state: string) => states.filter((one) => one === state).length
    // A file that could not be loaded, a hook that failed or an error outside of any test has no test of its own to fail.
    const silent = modules.filter(
      (module) => module.state() === 'failed' && ![...module.children.allTests('failed')].length,
    )
    const broken = errors.length + silent.length
    process.stdout.write(
      `\n${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped\n`,
    )
  }
}
