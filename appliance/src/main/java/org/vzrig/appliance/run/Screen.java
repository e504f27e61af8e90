package org.vzrig.appliance.run;

import org.vzrig.hil.capture.CaptureSink;

/** Shows the console to people: a terminal or plain lines. */
interface Screen extends CaptureSink {}
