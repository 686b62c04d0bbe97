import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Asks for a font before the styles have named it. Only the one every page needs: digits and Latin letters stand on all of them. */
function preloadFont(name: string): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) => Object.keys(bundle ?? {}).filter((file) => file.includes(name)).map((file) => ({
        tag: 'link', injectTo: 'head' as const,
        attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/ui/${file}` },
      })),
    },
  }
}

/** One build for the four apps; the server gives `dist/ui` out under `/ui/` and answers each app's addresses with its page. */
export default defineConfig({
  root: here('.'),
  base: '/ui/',
  plugins: [vue(), preloadFont('source-sans-3-latin-wght-normal')],
  resolve: {
    alias: {
      // The form viewer brings an evaluator that reckons in floats. Ours stands in its place, so it never reaches a browser.
      '@bpmn-io/feelin': here('shared/forms/withoutFeelin.ts'),
      feelers: here('shared/forms/withoutFeelin.ts'),
    },
    dedupe: ['vue', 'preact'],
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: here('../dist/ui'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        portal: here('portal/index.html'),
        inbox: here('inbox/index.html'),
        counter: here('counter/index.html'),
        designer: here('designer/index.html'),
      },
      output: {
        codeSplitting: {
          // One file each instead of twenty small ones: on a weak line every request costs more than its bytes.
          groups: [
            { name: 'vue', test: /node_modules\/(@?vue|@intlify|pinia)/ },
            { name: 'shared', test: /ui\/shared\/(api|parts|words|texts\/\w+\.ts|session|display|loaded)/ },
            { name: 'shared', test: /server\/rules\/(scripts|money|rosette)/ },
          ],
        },
      },
    },
  },
})
