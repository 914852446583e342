import { defineConfig } from 'vitest/config';

/** A busy machine is slow: no test fails for the time that it takes, only for what it finds. */
export default defineConfig({ test: { testTimeout: 240_000, hookTimeout: 240_000 } });
