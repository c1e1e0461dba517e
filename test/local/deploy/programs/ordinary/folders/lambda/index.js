const { lib } = require("./lib");
exports.handler = async () => ({ lib, count: process.env.COUNT });
