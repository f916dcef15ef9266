// The host is built with its own air-datepicker, which knows seconds. The package on npm doesn't: it writes "13:00:ss", and
// the Desk, which hides the seconds where a site shows none, finds nothing to hide. Appended to it by desk-build.mjs.
(() => {
	const { Timepicker, Constructor } = $.fn.datepicker;
	const two_digits = (number) => String(number).padStart(2, "0");

	const format = Constructor.prototype.formatDate;
	Constructor.prototype.formatDate = function (string, date = this.date) {
		const seconds = two_digits(date.getSeconds());
		return this._replacer(format.call(this, string, date), this._getWordBoundaryRegExp("ss"), seconds);
	};

	const picker = Timepicker.prototype;
	const build = picker._buildHTML;
	picker._buildHTML = function () {
		build.call(this);
		const colon = '<span class="datepicker--time-current-colon">:</span>';
		this.$secondsText = $('<span class="datepicker--time-current-seconds">');
		this.$seconds = $('<input type="range" name="seconds" min="0" max="59" value="0">');
		this.$timepicker.find(".datepicker--time-current").append(colon, this.$secondsText);
		const $row = $('<div class="datepicker--time-row">').append(this.$seconds);
		this.$timepicker.find(".datepicker--time-sliders").append($row);
		this.$ranges = this.$ranges.add(this.$seconds);
		this.update();
	};

	const set_time = picker._setTime;
	picker._setTime = function (date) {
		set_time.call(this, date);
		this.seconds = date.getSeconds();
	};

	const update = picker.update;
	picker.update = function () {
		update.call(this);
		this.$seconds.val(this.seconds);
		this.$secondsText.text(two_digits(this.seconds));
	};

	const changed = Constructor.prototype._onTimeChange;
	Constructor.prototype._onTimeChange = function (event, hours, minutes) {
		this.lastSelectedDate?.setSeconds(this.timepicker.seconds);
		changed.call(this, event, hours, minutes);
	};
})();
