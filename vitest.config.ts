import { configDefaults, defineConfig } from 'vitest/config'

/** Tests of functions that leave nothing behind: no process, no variable, no folder, no mock. They share what they import. */
const units = [
  'test/{manifest,model,plan,policies,report,text}/**/*.test.ts',
  'test/access/{reports,role-arn,rows}.test.ts',
  'test/apply/run.test.ts',
  'test/aws/{errors,reader,requests}.test.ts',
  'test/doctor/{checks,newcomer-errors}.test.ts',
  'test/init/{adopt,complete,rules}.test.ts',
  'test/kinds/{observe,requests-sent}.test.ts',
  'test/kinds/user/*.test.ts',
  'test/local/shell/{block,notes}.test.ts',
  'test/login/{choose,need}.test.ts',
]

/** Tests that run commands in their own process, one after the other, and leave its variables and folder as they were. */
const commands = [
  'test/scenarios/{cloud,hostile,prerequisites,regions,revoke,trust}/**/*.test.ts',
  'test/{doctor,iam-policy,init}/*.test.ts',
  'test/access/{arns,command}.test.ts',
  'test/kinds/profile/*.test.ts',
  'test/sandbox/*.test.ts',
]

const shared = {
  setupFiles: ['./test/support/each-file.ts'],
  // The SDK announces on every start which Node version it will ask for next year.
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  testTimeout: 120_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    globalSetup: ['./test/support/build.ts'],
    reporters: ['default', './test/count-reporter.ts'],
    // Most of the time goes into processes that wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'scenarios',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...units, ...commands],
        },
      },
      { test: { ...shared, name: 'units', include: units, isolate: false } },
      {
        test: {
          ...shared,
          name: 'commands',
          include: commands,
          exclude: [...configDefaults.exclude, ...units],
          isolate: false,
        },
      },
    ],
  },
})
