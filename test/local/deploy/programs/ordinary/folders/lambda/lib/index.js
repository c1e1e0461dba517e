exports.lib = "of the folder";
