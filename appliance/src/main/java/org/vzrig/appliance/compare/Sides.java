package org.vzrig.appliance.compare;

import java.nio.file.Path;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Input;

/**
 * What a report is made of.
 *
 * @param first where the first side can be read again
 * @param second where the second side can be read again
 * @param result how they compare
 * @param rules file of rules that were applied, or an empty text
 * @param folder where reports go
 */
record Sides(Input first, Input second, Comparison result, String rules, Path folder) {}
