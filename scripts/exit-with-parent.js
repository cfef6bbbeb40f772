'use strict';
/* Loaded into every process `npm start` starts: none outlives it, however it ends. */
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
