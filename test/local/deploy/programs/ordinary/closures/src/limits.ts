const limits = { visibilitySeconds: 200 };
export = limits;
